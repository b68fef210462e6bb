// The EDFs with their verdict.
#include "app/gui/panels/edf_panel.h"

#include "app/gui/panels/chart_view.h"
#include "app/gui/terms.h"
#include "core/figures/parts.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace spacewright {

EdfPanel::EdfPanel(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_chart(new PanelChart(themeOf(palette()), PanelChart::Detail::screen)),
      m_view(new ChartView(
          m_chart, [this] { plot(); }, this)),
      m_verdict(new QLabel(tr("Opening..."))), m_band(new QCheckBox(tr("95 % &bands")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_view->setSelection(m_selection, [this](Point low, Point high) { return modelsBetween(low.x, high.x); });
    m_view->setObjectName("edf");
    m_view->setAccessibleName(tr("Error EDFs of the spaces"));
    m_view->setWhatsThis(explain(QStringLiteral("edf")));
    m_verdict->setObjectName("verdict");
    m_verdict->setAccessibleName(tr("What the EDFs show"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setMinimumHeight(3 * QFontMetrics(font()).lineSpacing());
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_verdict->setContentsMargins(10, 0, 10, 6);
    m_band->setToolTip(explain(QStringLiteral("dkw")));
    auto* caption = new QLabel(tr("share of models below an error"));
    caption->setToolTip(explain(QStringLiteral("edf")));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    top->addWidget(caption, 1);
    top->addWidget(m_band);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_verdict);
    setFocusProxy(m_view);
    connect(&m_selection, &Selection::changed, m_view, &ChartView::redrawSoon);
    connect(m_band, &QCheckBox::toggled, this, &EdfPanel::bandsChanged);
    connect(m_view, &ChartView::exportRequested, this, &EdfPanel::exportRequested);
}

void EdfPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    m_view->redrawSoon();
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

void EdfPanel::setBands(bool on)
{
    m_band->setChecked(on);
}

bool EdfPanel::bands() const
{
    return m_band->isChecked();
}

} // namespace spacewright
