// Parallel coordinates.
#include "app/gui/panels/parallel_view.h"

#include "app/gui/format.h"
#include "core/figures/quantity.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

constexpr int fine = 160, coarse = 48;   ///< places of an axis that lines are gathered at
constexpr std::size_t manyModels = 2000; ///< from here on coarse, so that a drag stays fluent
constexpr qreal reach = 16;              ///< points from an axis to a click that means it

QString axisText(const std::string& key, double value)
{
    return quantityOf(key).isCount ? countText(value) : valueText(value);
}

} // namespace

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

std::optional<std::size_t> ParallelView::axisAt(qreal at) const
{
    for (std::size_t i = 0; i < m_axes.size(); ++i)
        if (std::abs(x(i) - at) <= reach)
            return i;
    return std::nullopt;
}

/// Lines between the same two places of neighbouring axes are one line, the stronger the more they are.
void ParallelView::drawLines(QPainter& painter, const std::vector<std::size_t>& rows, const QColor& colour) const
{
    const int places = rows.size() > manyModels ? coarse : fine;
    const auto side = static_cast<std::size_t>(places);
    const QRectF area = plot();
    std::vector<int> counts;
    for (std::size_t i = 0; i + 1 < m_axes.size(); ++i) {
        counts.assign(side * side, 0);
        const auto placeOf = [&](const Axis& axis, std::size_t row) {
            const double value = m_snapshot->rows->numbers[axis.column][row];
            return std::isfinite(value) ? std::min(static_cast<int>(share(axis, value) * places), places - 1) : -1;
        };
        for (const std::size_t row : rows) {
            const int left = placeOf(m_axes[i], row), right = placeOf(m_axes[i + 1], row);
            if (left >= 0 && right >= 0)
                ++counts[static_cast<std::size_t>(left) * side + static_cast<std::size_t>(right)];
        }
        const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
        for (int left = 0; left < places; ++left)
            for (int right = 0; right < places; ++right) {
                const int n = counts[static_cast<std::size_t>(left * places + right)];
                if (n == 0)
                    continue;
                QColor shade = colour;
                shade.setAlphaF(static_cast<float>(most == 1 ? 0.6 : 0.12 + 0.6 * std::log1p(n) / std::log1p(most)));
                painter.setPen(QPen(shade, 1));
                const auto y = [&](int place) { return area.top() + (place + 0.5) / places * area.height(); };
                painter.drawLine(QPointF(x(i), y(left)), QPointF(x(i + 1), y(right)));
            }
    }
}

void ParallelView::redraw()
{
    m_lines = {};
    update();
}

void ParallelView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme theme = themeOf(palette());
    painter.fillRect(rect(), theme.background);
    if (!m_snapshot || m_axes.empty())
        return;
    if (m_lines.isNull()) {
        m_lines = QImage(size() * devicePixelRatioF(), QImage::Format_ARGB32_Premultiplied);
        m_lines.setDevicePixelRatio(devicePixelRatioF());
        m_lines.fill(Qt::transparent);
        const ModelRows& rows = *m_snapshot->rows;
        std::vector<std::vector<std::size_t>> bySpace(m_snapshot->study->populations.size());
        std::vector<std::size_t> receding;
        for (std::size_t row = 0; row < rows.size(); ++row)
            (m_selection.recedes(rows.models[row]->id) ? receding : bySpace[static_cast<std::size_t>(rows.spaces[row])])
                .push_back(row);
        QPainter lines(&m_lines);
        lines.setRenderHint(QPainter::Antialiasing, rows.size() <= manyModels);
        drawLines(lines, receding, theme.receding);
        for (std::size_t space = 0; space < bySpace.size(); ++space)
            drawLines(lines, bySpace[space], spaceStyle(static_cast<int>(space), theme).colour);
    }
    painter.drawImage(0, 0, m_lines);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    const qreal line = fontMetrics().height();
    for (std::size_t i = 0; i < m_axes.size(); ++i) {
        const Axis& axis = m_axes[i];
        const bool isCurrent = hasFocus() && i == m_current;
        painter.setPen(QPen(isCurrent ? palette().color(QPalette::Highlight) : theme.muted, isCurrent ? 2.5 : 1));
        painter.drawLine(QPointF(x(i), area.top()), QPointF(x(i), area.bottom()));
        painter.setPen(theme.text);
        const auto write = [&](qreal top, const QString& text) {
            painter.drawText(QRectF(x(i) - 60, top, 120, line), Qt::AlignCenter, text);
        };
        write(area.top() - 2 * line - 2, QString::fromStdString(axis.key));
        write(area.top() - line - 2, axisText(axis.key, axis.high));
        write(area.bottom() + 3, axisText(axis.key, axis.low));
        if (const auto range = m_ranges.find(axis.key); range != m_ranges.end()) {
            QColor wash = palette().color(QPalette::Highlight);
            painter.setPen(wash);
            wash.setAlpha(70);
            painter.setBrush(wash);
            const qreal top = area.top() + share(axis, range->second.high) * area.height();
            const qreal bottom = area.top() + share(axis, range->second.low) * area.height();
            painter.drawRect(QRectF(x(i) - 6, top, 12, std::max(2.0, bottom - top)));
        }
    }
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

void ParallelView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position();
    m_dragged = event->button() == Qt::LeftButton ? axisAt(m_pressed.x()) : std::nullopt;
    if (m_dragged)
        m_current = *m_dragged;
    update();
}

void ParallelView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragged || std::abs(event->position().y() - m_pressed.y()) < QApplication::startDragDistance())
        return;
    const Axis& axis = m_axes[*m_dragged];
    const double from = valueAt(axis, m_pressed.y()), to = valueAt(axis, event->position().y());
    setRange(axis.key, std::min(from, to), std::max(from, to));
}

void ParallelView::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_dragged && std::abs(event->position().y() - m_pressed.y()) < QApplication::startDragDistance() &&
        m_ranges.erase(m_axes[*m_dragged].key) > 0)
        select();
    m_dragged.reset();
}

void ParallelView::mouseDoubleClickEvent(QMouseEvent*)
{
    m_ranges.clear();
    select();
}

void ParallelView::moveEnd(double step, bool upper)
{
    const Axis& axis = m_axes[m_current];
    const auto found = m_ranges.find(axis.key);
    Range range = found == m_ranges.end() ? Range{axis.low, axis.high} : found->second;
    double& end = upper ? range.high : range.low;
    end = std::clamp(end + step * (axis.high - axis.low), axis.low, axis.high);
    if (range.low <= range.high) {
        m_ranges[axis.key] = range;
        select();
    }
}

void ParallelView::keyPressEvent(QKeyEvent* event)
{
    if (m_axes.empty())
        return QWidget::keyPressEvent(event);
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        m_current = m_current == 0 ? 0 : m_current - 1;
        break;
    case Qt::Key_Right:
        m_current = std::min(m_current + 1, m_axes.size() - 1);
        break;
    case Qt::Key_Up:
        moveEnd(0.05, shift);
        break;
    case Qt::Key_Down:
        moveEnd(-0.05, shift);
        break;
    case Qt::Key_Delete:
        m_ranges.erase(m_axes[m_current].key);
        select();
        break;
    case Qt::Key_Escape:
        m_ranges.clear();
        select();
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    update();
}

void ParallelView::resizeEvent(QResizeEvent*)
{
    redraw();
}

void ParallelView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        redraw();
    QWidget::changeEvent(event);
}

} // namespace spacewright
