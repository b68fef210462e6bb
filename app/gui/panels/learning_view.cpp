// How the training of the model that is looked at went, epoch by epoch.
#include "app/gui/panels/learning_view.h"

#include "app/gui/charts/panel_chart.h"
#include "app/gui/format.h"
#include "app/gui/panels/chart_view.h"

#include <QLabel>
#include <QVBoxLayout>

namespace spacewright {

namespace {

/// The last epoch in words, which is all there is after a single one.
QString lastEpochText(const Epoch& epoch)
{
    return LearningView::tr("epoch %1: validation error %2 %, training error %3 %, loss %4")
        .arg(epoch.number)
        .arg(errorText(epoch.validationError), errorText(epoch.trainingError))
        .arg(epoch.trainingLoss, 0, 'f', 3);
}

} // namespace

LearningView::LearningView(QWidget* parent) : QWidget(parent), m_words(new QLabel(this))
{
    m_words->setObjectName("learningWords");
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_words);
    const std::array<QString, 2> names{tr("Error after each epoch"), tr("Training loss of each epoch")};
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        auto* chart = new PanelChart(themeOf(palette()), PanelChart::Detail::screen);
        const auto redraw = [this, chart, i] {
            if (i < m_panels.size())
                chart->plot(m_panels[i]);
        };
        m_views[i] = new ChartView(chart, redraw, this);
        m_views[i]->setAccessibleName(names[i]);
        m_views[i]->setMinimumHeight(110);
        connect(m_views[i], &ChartView::exportRequested, this,
                [this] { Q_EMIT exportRequested({.panels = m_panels, .columns = 1}); });
        layout->addWidget(m_views[i], 1);
    }
    setModels({});
}

void LearningView::setModels(const std::vector<ShownModel>& models)
{
    m_panels = trainingPanels(models);
    QStringList words;
    for (const ShownModel& model : models)
        if (!model.epochs.empty())
            words << (models.size() > 1 ? QString::fromStdString(model.name) + ", " : QString()) +
                         lastEpochText(model.epochs.back());
    m_words->setText(words.isEmpty() ? tr("No epoch is done yet.") : words.join('\n'));
    for (ChartView* view : m_views) {
        view->setVisible(!m_panels.empty());
        view->redrawSoon();
    }
}

} // namespace spacewright
