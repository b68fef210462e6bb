// The EDFs with their verdict.
#include "app/gui/panels/edf_panel.h"

#include "app/gui/panels/chart_view.h"
#include "app/gui/terms.h"
#include "core/figures/parts.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace spacewright {

EdfPanel::EdfPanel(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_pages(new QStackedWidget(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_pages->addWidget(startPage());
    m_pages->addWidget(chartPage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
}

QWidget* EdfPanel::startPage()
{
    auto* page = new QWidget;
    m_start = new QLabel(tr("Opening..."));
    m_start->setAlignment(Qt::AlignCenter);
    m_start->setWordWrap(true);
    m_choices = new QWidget;
    auto* buttons = new QVBoxLayout(m_choices);
    const auto choice = [&](const QString& text, const QString& tip, void (EdfPanel::*signal)()) {
        auto* button = new QPushButton(text);
        button->setToolTip(tip);
        button->setMinimumWidth(240);
        buttons->addWidget(button, 0, Qt::AlignHCenter);
        connect(button, &QPushButton::clicked, this, signal);
    };
    choice(tr("Open the default study"), tr("AnyNetX_A and AnyNetX_D on Fashion-MNIST."),
           &EdfPanel::defaultStudyRequested);
    choice(tr("New study..."), tr("A space and a data set of your own."), &EdfPanel::newRequested);
    choice(tr("Open a study..."), tr("A study file that is there already."), &EdfPanel::openRequested);
    m_choices->hide();
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(40, 20, 40, 20);
    layout->addStretch(2);
    layout->addWidget(m_start);
    layout->addSpacing(12);
    layout->addWidget(m_choices);
    layout->addStretch(3);
    return page;
}

QWidget* EdfPanel::chartPage()
{
    auto* page = new QWidget;
    m_chart = new PanelChart(themeOf(palette()), PanelChart::Detail::screen);
    m_view = new ChartView(
        m_chart, [this] { plot(); }, page);
    m_view->setSelection(m_selection, [this](Point low, Point high) { return modelsBetween(low.x, high.x); });
    m_view->setObjectName("edf");
    m_view->setAccessibleName(tr("Error EDFs of the spaces"));
    m_view->setWhatsThis(explain(QStringLiteral("edf")));
    m_verdict = new QLabel;
    m_verdict->setObjectName("verdict");
    m_verdict->setAccessibleName(tr("What the EDFs show"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setMinimumHeight(3 * QFontMetrics(font()).lineSpacing());
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_verdict->setContentsMargins(10, 0, 10, 6);
    m_band = new QCheckBox(tr("95 % &bands"));
    m_band->setToolTip(explain(QStringLiteral("dkw")));
    auto* caption = new QLabel(tr("share of models below an error"));
    caption->setToolTip(explain(QStringLiteral("edf")));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    top->addWidget(caption, 1);
    top->addWidget(m_band);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_verdict);
    connect(&m_selection, &Selection::changed, m_view, &ChartView::redrawSoon);
    connect(m_band, &QCheckBox::toggled, this, &EdfPanel::bandsChanged);
    connect(m_view, &ChartView::exportRequested, this, &EdfPanel::exportRequested);
    return page;
}

void EdfPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    m_pages->setCurrentIndex(1);
    m_view->redrawSoon();
}

void EdfPanel::showStart(const QString& sentence, bool choices)
{
    m_start->setText(sentence);
    m_choices->setVisible(choices);
    m_pages->setCurrentIndex(0);
}

FigureOptions EdfPanel::figureOptions() const
{
    FigureOptions options;
    options.band = bands();
    return options;
}

/// Whatever its space and height: a share is no property of a model.
std::vector<ModelId> EdfPanel::modelsBetween(double low, double high) const
{
    std::vector<ModelId> models;
    const ModelRows& rows = *m_snapshot->rows;
    const auto column = std::find(rows.keys.begin(), rows.keys.end(), "error") - rows.keys.begin();
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (const double error = rows.numbers[static_cast<std::size_t>(column)][row]; error >= low && error <= high)
            models.push_back(rows.models[row]->id);
    return models;
}

void EdfPanel::plot()
{
    if (!m_snapshot)
        return;
    m_chart->plot(withSelection());
}

/// The EDF of the selected models beside those of the spaces.
std::shared_ptr<const Panel> EdfPanel::withSelection() const
{
    std::vector<double> errors;
    const ModelRows& rows = *m_snapshot->rows;
    const auto column = std::find(rows.keys.begin(), rows.keys.end(), "error") - rows.keys.begin();
    for (std::size_t row = 0; row < rows.size() && !m_selection.isEmpty(); ++row)
        if (const double error = rows.numbers[static_cast<std::size_t>(column)][row];
            std::isfinite(error) && m_selection.contains(rows.models[row]->id))
            errors.push_back(error);
    if (errors.empty())
        return m_snapshot->edfs;
    Population chosen;
    chosen.edf = edf(std::move(errors));
    auto panel = std::make_shared<Panel>(*m_snapshot->edfs);
    Series curve = edfPanel({Shown{&chosen, 0, tr("selected").toStdString()}}).series.back();
    curve.ink = Series::Ink::best;
    panel->series.push_back(std::move(curve));
    return panel;
}

void EdfPanel::showVerdict(const QString& sentence)
{
    m_verdict->setText(sentence);
    m_view->setAccessibleDescription(sentence);
}

bool EdfPanel::bands() const
{
    return m_band->isChecked();
}

} // namespace spacewright
