// Networks as drawings: the width of each block against its index, stages told apart by two tints.
#pragma once
#include "core/design/sampler.h"

#include <QColor>
#include <QWidget>
#include <limits>
#include <memory>
#include <optional>

class QMimeData;

namespace spacewright {

class Silhouettes : public QWidget {
    Q_OBJECT
public:
    explicit Silhouettes(QWidget* parent = nullptr);

    /// In rows of so many, all to the same scale of width.
    void setSamples(std::vector<Sample>, const QColor&, int columns);
    /// Each in its own colour.
    void setSamples(std::vector<Sample>, std::vector<QColor>, int columns);
    /// Framed; none with a number beyond the last.
    void setMarked(std::size_t);
    const std::vector<Sample>& samples() const { return m_samples; }
    QSize sizeHint() const override { return {280, 96}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

Q_SIGNALS:
    void clicked(std::size_t sample, Qt::KeyboardModifiers);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    bool event(QEvent*) override;

private:
    QRectF cell(std::size_t) const;
    std::optional<std::size_t> sampleAt(QPointF) const;
    std::vector<Sample> m_samples;
    std::vector<QColor> m_colours; ///< of the samples
    std::size_t m_marked = std::numeric_limits<std::size_t>::max();
    int m_columns = 1;
    std::optional<std::size_t> m_pressed;
    QPointF m_pressedAt;
};

/// A network as a file that a drag takes out of the window: a pycls job, in `folder`, and its text.
std::unique_ptr<QMimeData> draggedNetwork(const Sample&, const QString& folder);

/// "d 23, w 24 32 48 104, b 1, g 8": for tooltips and screen readers.
QString stagesText(const Network&);

} // namespace spacewright
