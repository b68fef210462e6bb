// ParallelView, its axes and what the ranges on them select.
#include "app/gui/panels/parallel_view.h"

#include <QScopedValueRollback>
#include <algorithm>
#include <cmath>

namespace spacewright {

ParallelView::ParallelView(Selection& selection, QWidget* parent) : QWidget(parent), m_selection(selection)
{
    setFocusPolicy(Qt::StrongFocus);
    setObjectName("parallel");
    setAccessibleName(tr("Parallel coordinates of the models"));
    setWhatsThis(tr("Each line is a model. Drag along an axis to keep those within a range; click the axis to give the "
                    "range up, double-click to give all up."));
    m_soon.setSingleShot(true);
    m_soon.setInterval(40);
    connect(&m_soon, &QTimer::timeout, this, &ParallelView::redraw);
    connect(&m_selection, &Selection::changed, this, [this] {
        if (!m_selecting && !m_ranges.empty()) { // another chart selects now
            m_ranges.clear();
            Q_EMIT rangesChanged();
        }
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void ParallelView::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    if (m_snapshot && m_snapshot->rows == snapshot->rows)
        return;
    m_snapshot = snapshot;
    listAxes();
    m_soon.start();
}

void ParallelView::listAxes()
{
    m_axes.clear();
    const ModelRows& rows = *m_snapshot->rows;
    for (std::size_t column = 0; column < rows.keys.size(); ++column) {
        const std::string& key = rows.keys[column];
        if (key == "#" || key == "space" || key == "state")
            continue;
        Axis axis{key, column, 1e300, -1e300};
        for (const double value : rows.numbers[column])
            if (std::isfinite(value)) {
                axis.low = std::min(axis.low, value);
                axis.high = std::max(axis.high, value);
            }
        if (axis.low <= axis.high)
            m_axes.push_back(axis);
    }
    std::stable_partition(m_axes.begin(), m_axes.end(), [](const Axis& axis) { return axis.key != "error"; });
    m_current = std::min(m_current, m_axes.empty() ? 0 : m_axes.size() - 1);
}

QRectF ParallelView::plot() const
{
    const qreal line = fontMetrics().height();
    return QRectF(rect()).adjusted(36, 2 * line + 4, -36, -line - 6);
}

qreal ParallelView::x(std::size_t axis) const
{
    const QRectF area = plot();
    return m_axes.size() < 2
               ? area.center().x()
               : area.left() + area.width() * static_cast<qreal>(axis) / static_cast<qreal>(m_axes.size() - 1);
}

/// From the top, so that it is a height on the screen.
qreal ParallelView::share(const Axis& axis, double value) const
{
    return axis.high > axis.low ? 1 - (value - axis.low) / (axis.high - axis.low) : 0.5;
}

double ParallelView::valueAt(const Axis& axis, qreal y) const
{
    const qreal share = std::clamp((plot().bottom() - y) / plot().height(), 0.0, 1.0);
    return axis.low + share * (axis.high - axis.low);
}

QPointF ParallelView::place(const std::string& key, double value) const
{
    for (std::size_t i = 0; i < m_axes.size(); ++i)
        if (m_axes[i].key == key)
            return {x(i), plot().top() + share(m_axes[i], value) * plot().height()};
    return {};
}

/// Where stages differ in b or g, the rows hold the first stage's.
std::string ParallelView::parameterOf(const std::string& key) const
{
    const auto& models = m_snapshot->rows->models;
    const bool isOfAll = std::all_of(models.begin(), models.end(), [&](const ModelList::Pointer& model) {
        return parameterValue(model->sample, key).has_value();
    });
    return isOfAll ? key : key + "1";
}

std::vector<Constraint> ParallelView::constraints() const
{
    std::vector<Constraint> constraints;
    for (const auto& [key, range] : m_ranges)
        if (key != "error")
            constraints.push_back({Constraint::Kind::range, parameterOf(key), range.low, range.high});
    return constraints;
}

void ParallelView::select()
{
    std::vector<ModelId> models;
    const ModelRows& rows = *m_snapshot->rows;
    for (std::size_t row = 0; row < rows.size() && !m_ranges.empty(); ++row)
        if (std::all_of(m_axes.begin(), m_axes.end(), [&](const Axis& axis) {
                const auto range = m_ranges.find(axis.key);
                const double value = rows.numbers[axis.column][row];
                return range == m_ranges.end() || (value >= range->second.low && value <= range->second.high);
            }))
            models.push_back(rows.models[row]->id);
    const QScopedValueRollback<bool> selecting(m_selecting, true);
    m_selection.select(std::move(models));
    Q_EMIT rangesChanged();
    update();
}

/// To the outermost values of models within, since those are what a constraint is about.
void ParallelView::setRange(const std::string& key, double low, double high)
{
    const auto axis = std::find_if(m_axes.begin(), m_axes.end(), [&](const Axis& one) { return one.key == key; });
    Range range{1e300, -1e300};
    for (const double value : m_snapshot->rows->numbers[axis->column])
        if (value >= low && value <= high) {
            range.low = std::min(range.low, value);
            range.high = std::max(range.high, value);
        }
    m_ranges[key] = range.low <= range.high ? range : Range{low, high};
    select();
}

} // namespace spacewright
