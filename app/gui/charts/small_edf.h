// An EDF as small as a word: in rows and beside sentences.
#pragma once
#include "core/statistics/edf.h"

#include <QColor>
#include <QWidget>
#include <optional>

class QPainter;

namespace spacewright {

/// The errors that small EDFs beside each other share as their axis.
struct ErrorRange {
    double low = 0, high = 100;
};
/// From the lowest error to the highest median plus its distance from the lowest: what lies far above is cut off.
ErrorRange errorRangeOf(const std::vector<const Edf*>&);

/// One step curve from left to right; only its shape and place count, so there are no axes.
void paintSmallEdf(QPainter&, const QRectF&, const Edf&, const ErrorRange&, const QColor&, qreal width = 1.4);

/// A space's EDF in grey and, before it, that of the part of its models that a child would begin with.
class SmallEdf : public QWidget {
    Q_OBJECT
public:
    explicit SmallEdf(QWidget* parent = nullptr);
    void setEdfs(const std::optional<Edf>& all, const std::optional<Edf>& part, const QColor& partColour);
    QSize sizeHint() const override { return {64, 30}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    std::optional<Edf> m_all, m_part;
    QColor m_colour;
};

} // namespace spacewright
