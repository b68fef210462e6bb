// The EDFs of a study's spaces.
#include "app/gui/charts/edf_chart.h"

#include "app/gui/charts/axes.h"
#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <QAreaSeries>
#include <QLineSeries>
#include <algorithm>
#include <cmath>

namespace spacewright {

QList<QPointF> edfSteps(const Edf& edf, double from, double to, double shift)
{
    QList<QPointF> points;
    points.reserve(2 * edf.n() + 2);
    const auto share = [&](int below) { return std::clamp(static_cast<double>(below) / edf.n() + shift, 0.0, 1.0); };
    points.append({from, share(0)});
    for (int i = 0; i < edf.n(); ++i) {
        const double error = edf.errors[static_cast<std::size_t>(i)];
        points.append({error, share(i)});
        points.append({error, share(i + 1)});
    }
    points.append({std::max(to, edf.max), share(edf.n())});
    return points;
}

QString edfLegend(const Population& population)
{
    const QString name = QString::fromStdString(population.space.space.name);
    if (!population.edf)
        return EdfChart::tr("%1, no results yet").arg(name);
    return EdfChart::tr("[%1 | %2] %3, n %4")
        .arg(errorText(population.edf->min), errorText(population.edf->mean), name)
        .arg(population.edf->n());
}

EdfChart::EdfChart(const Theme& theme, QGraphicsItem* parent)
    : QChart(parent), m_errors(new QValueAxis(this)), m_shares(new QValueAxis(this)),
      m_key(new ChartLegend(ChartLegend::Layout::column, this)), m_theme(theme)
{
    addAxis(m_errors, Qt::AlignBottom);
    addAxis(m_shares, Qt::AlignLeft);
    m_errors->setTitleText(termTitle(QStringLiteral("error")));
    m_shares->setTitleText(termTitle(QStringLiteral("edf")));
    fitAxis(*m_errors, 0, 100);
    fitAxis(*m_shares, 0, 1, 5);
    connect(this, &QChart::plotAreaChanged, this, [this](const QRectF& area) { m_key->place(area); });
    style();
}

EdfChart::Curve EdfChart::addCurve()
{
    Curve curve;
    curve.upper = new QLineSeries(this);
    curve.lower = new QLineSeries(this);
    curve.area = new QAreaSeries(curve.upper, curve.lower);
    curve.line = new QLineSeries(this);
    for (QAbstractSeries* series :
         {static_cast<QAbstractSeries*>(curve.area), static_cast<QAbstractSeries*>(curve.line)}) {
        addSeries(series);
        series->attachAxis(m_errors);
        series->attachAxis(m_shares);
    }
    return curve;
}

void EdfChart::plot(const std::vector<Population>& populations, std::optional<SpaceId> selected, bool band)
{
    while (m_curves.size() > populations.size()) {
        delete m_curves.back().area;
        delete m_curves.back().line;
        m_curves.pop_back();
    }
    while (m_curves.size() < populations.size())
        m_curves.push_back(addCurve());

    std::vector<double> errors;
    for (const Population& population : populations)
        if (population.edf)
            errors.insert(errors.end(), population.edf->errors.begin(), population.edf->errors.end());
    const ErrorRange range = errorRange(std::move(errors));
    fitAxis(*m_errors, range.low, range.high);
    m_errors->setTitleText(errorTitle(range));
    for (std::size_t i = 0; i < populations.size(); ++i) {
        Curve& curve = m_curves[i];
        const std::optional<Edf>& edf = populations[i].edf;
        curve.selected = selected == populations[i].space.id;
        curve.line->setName(edfLegend(populations[i]));
        curve.line->replace(edf ? edfSteps(*edf, m_errors->min(), m_errors->max()) : QList<QPointF>());
        curve.area->setVisible(band && edf);
        if (band && edf) {
            const double half = dkwHalfWidth(edf->n());
            curve.upper->replace(edfSteps(*edf, m_errors->min(), m_errors->max(), half));
            curve.lower->replace(edfSteps(*edf, m_errors->min(), m_errors->max(), -half));
        }
    }
    style();
}

void EdfChart::setTheme(const Theme& theme)
{
    m_theme = theme;
    style();
}

void EdfChart::style()
{
    styleChart(*this, m_theme);
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        const Curve& curve = m_curves[i];
        const SpaceStyle look = spaceStyle(static_cast<int>(i), m_theme);
        QColor wash = look.colour;
        wash.setAlpha(36);
        curve.line->setPen(linePen(look, curve.selected ? 2.6 : 1.6));
        curve.area->setBrush(wash);
        curve.area->setPen(Qt::NoPen);
        entries.push_back({LegendEntry::Sign::line, look, curve.line->name(), curve.selected});
    }
    m_key->setEntries(std::move(entries), m_theme, font());
    m_key->place(plotArea());
}

} // namespace spacewright
