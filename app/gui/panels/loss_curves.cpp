// The loss of the models that train now.
#include "app/gui/panels/loss_curves.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

constexpr int mostPoints = 400; ///< of one curve; more are merged, since no screen shows them

void thinOut(QPolygonF& points)
{
    if (points.size() <= mostPoints)
        return;
    QPolygonF half;
    for (qsizetype i = 0; i + 1 < points.size(); i += 2)
        half << (points[i] + points[i + 1]) / 2;
    points = half;
}

} // namespace

LossCurves::LossCurves(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Loss of the models that train now"));
    setToolTip(tr("Training loss over the share of the training that is done, a line for each worker's model."));
    describe();
}

void LossCurves::take(const Event& event)
{
    if (const auto* started = std::get_if<ModelStarted>(&event)) {
        m_curves[started->worker] = {started->id, 0, 0, 0, {}};
    } else if (const auto* stopped = std::get_if<WorkerStopped>(&event)) {
        m_curves.erase(stopped->worker);
    } else if (const auto* ended = std::get_if<HelperEnded>(&event)) {
        m_curves.erase(ended->worker);
    } else if (const auto* batch = std::get_if<BatchDone>(&event)) {
        Curve& curve = m_curves[batch->worker];
        if (curve.id != batch->id)
            curve = {batch->id, 0, 0, 0, {}};
        if (batch->epoch != curve.epoch) {
            curve.epoch = batch->epoch;
            curve.batch = 0;
            curve.sum = 0;
        }
        // The event has the epoch's mean, and not every batch has an event.
        const double sum = batch->loss * batch->batch;
        const int since = batch->batch - curve.batch;
        const double loss = since > 0 ? (sum - curve.sum) / since : NAN;
        if (std::isfinite(loss))
            curve.points << QPointF(
                (batch->epoch - 1 + static_cast<double>(batch->batch) / batch->batches) / batch->epochs, loss);
        curve.batch = batch->batch;
        curve.sum = sum;
        thinOut(curve.points);
    } else {
        return;
    }
    describe();
    update();
}

void LossCurves::describe()
{
    QStringList words;
    for (const auto& [worker, curve] : m_curves)
        if (!curve.points.isEmpty())
            words << tr("worker %1, model %2: loss %3")
                         .arg(worker + 1)
                         .arg(static_cast<qlonglong>(curve.id))
                         .arg(curve.points.last().y(), 0, 'f', 2);
    setAccessibleDescription(words.isEmpty() ? tr("nothing trains") : words.join(QStringLiteral("; ")));
}

void LossCurves::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme theme = themeOf(palette());
    double highest = 0;
    for (const auto& [worker, curve] : m_curves)
        for (const QPointF& point : curve.points)
            highest = std::max(highest, point.y());
    const QFontMetrics metrics = fontMetrics();
    if (highest <= 0) {
        painter.setPen(theme.muted);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("The loss of what trains appears here."));
        return;
    }
    const double top = std::ceil(highest * 2) / 2; // a round number
    const int left = metrics.horizontalAdvance(QStringLiteral("0.0")) + 6;
    const QRectF area(left, metrics.height() / 2.0 + 1, width() - left - 4, height() - metrics.height() - 2);
    painter.setPen(theme.grid);
    for (const double share : {0.0, 0.5, 1.0})
        painter.drawLine(QPointF(area.left(), area.bottom() - share * area.height()),
                         QPointF(area.right(), area.bottom() - share * area.height()));
    painter.setPen(theme.muted);
    for (const double share : {0.0, 1.0})
        painter.drawText(
            QRectF(0, area.bottom() - share * area.height() - metrics.height() / 2.0, left - 4, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(share * top, 'f', 1));
    painter.drawText(QRectF(area.left(), 0, area.width(), metrics.height()), Qt::AlignRight | Qt::AlignTop,
                     tr("training loss"));
    int line = 0;
    for (const auto& [worker, curve] : m_curves) {
        QPolygonF shown;
        for (const QPointF& point : curve.points)
            shown << QPointF(area.left() + point.x() * area.width(), area.bottom() - point.y() / top * area.height());
        // Not the colour of a space: these lines are workers.
        QPen pen(theme.text, 1.3);
        if (line++ % 2)
            pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawPolyline(shown);
        if (!shown.isEmpty())
            painter.drawText(shown.last() + QPointF(3, -3), tr("#%1").arg(static_cast<qlonglong>(curve.id)));
    }
}

} // namespace spacewright
