// Networks as drawings: the width of each block against its index, stages told apart by two tints.
#pragma once
#include "core/design/sampler.h"

#include <QColor>
#include <QWidget>

namespace spacewright {

class Silhouettes : public QWidget {
    Q_OBJECT
public:
    explicit Silhouettes(QWidget* parent = nullptr);

    /// Side by side, all to the same scale of width, each in a cell of a `columns`-th of the widget.
    void setSamples(std::vector<Sample>, const QColor&, int columns);
    const std::vector<Sample>& samples() const { return m_samples; }
    QSize sizeHint() const override { return {280, 96}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent*) override;

private:
    QRectF cell(std::size_t) const;
    std::vector<Sample> m_samples;
    QColor m_colour;
    int m_columns = 1;
};

/// "d 23, w 24 32 48 104, b 1, g 8": for tooltips and screen readers.
QString stagesText(const Network&);

} // namespace spacewright
