// One parameter against error.
#include "app/gui/panels/scatter_panel.h"

#include "app/gui/panels/chart_view.h"
#include "app/gui/terms.h"
#include "core/figures/parts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

std::vector<std::string> parametersOf(const StudyView& study)
{
    int stages = 0;
    bool regNet = false, rate = false, weightDecay = false;
    for (const Population& population : study.populations) {
        stages = std::max(stages, population.space.space.stages);
        rate = rate || population.space.space.rate;
        weightDecay = weightDecay || population.space.space.weightDecay;
        regNet = regNet || population.space.space.family == Space::Family::regNet;
    }
    std::vector<std::string> names{"d"};
    for (const char* base : {"d", "w"})
        for (int stage = 1; stage <= stages; ++stage)
            names.push_back(base + std::to_string(stage));
    names.insert(names.end(), {"b", "g"});
    if (regNet)
        names.insert(names.end(), {"w_0", "w_a", "w_m"});
    else
        for (const char* base : {"b", "g"})
            for (int stage = 1; stage <= stages; ++stage)
                names.push_back(base + std::to_string(stage));
    names.insert(names.end(), {"flops", "params", "acts"});
    if (rate)
        names.push_back("rate");
    if (weightDecay)
        names.push_back("weight_decay");
    return names;
}

ScatterPanel::ScatterPanel(const std::string& parameter, Selection& selection, QWidget* parent)
    : QWidget(parent), m_parameter(parameter), m_selection(selection), m_choice(new QComboBox(this)),
      m_chart(new PanelChart(themeOf(palette()), PanelChart::Detail::screen))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_view = new ChartView(
        m_chart, [this] { plot(); }, this);
    m_view->setSelection(m_selection);
    m_view->setAccessibleName(tr("Parameter against error"));
    m_view->setWhatsThis(explain(QStringLiteral("band")));
    m_choice->setAccessibleName(tr("Parameter on the horizontal axis"));
    m_choice->setObjectName("parameter");
    auto* by = new QLabel(tr("error by"));
    by->setBuddy(m_choice);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    top->addWidget(by);
    top->addWidget(m_choice, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);

    connect(m_choice, &QComboBox::activated, this, [this](int row) {
        m_parameter = m_choice->itemData(row).toString().toStdString();
        Q_EMIT parameterChanged();
    });
    connect(m_view, &ChartView::exportRequested, this, &ScatterPanel::exportRequested);
}

void ScatterPanel::listParameters()
{
    const std::vector<std::string> names = parametersOf(*m_snapshot->study);
    if (m_choice->count() != static_cast<int>(names.size())) {
        m_choice->clear();
        for (const std::string& name : names) {
            const QString key = QString::fromStdString(name);
            m_choice->addItem(termTitle(key), key);
            m_choice->setItemData(m_choice->count() - 1, explain(key), Qt::ToolTipRole);
        }
    }
    m_choice->setCurrentIndex(m_choice->findData(QString::fromStdString(m_parameter)));
    m_choice->setToolTip(explain(QString::fromStdString(m_parameter)));
}

void ScatterPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    listParameters();
    m_view->redrawSoon();
}

FigureOptions ScatterPanel::figureOptions() const
{
    FigureOptions options;
    options.parameter = m_parameter;
    if (m_snapshot)
        options.selected = m_snapshot->selected;
    return options;
}

void ScatterPanel::plot()
{
    if (!m_snapshot)
        return;
    const auto found = m_snapshot->scatters.find(m_parameter);
    if (found == m_snapshot->scatters.end())
        return; // a snapshot with it is on its way
    const std::vector<Population>& populations = m_snapshot->study->populations;
    m_chart->plot(scatterPanel(shown(populations), found->second, m_parameter, m_snapshot->selected));
}

} // namespace spacewright
