// A network block by block, or two of them one upon the other.
#pragma once
#include "app/gui/charts/palette.h"
#include "core/network/network.h"

#include <QWidget>
#include <optional>
#include <vector>

namespace spacewright {

/// What BlockDrawing draws of a network.
struct DrawnNetwork {
    QString name;
    Network network;
    std::vector<int> fit{}; ///< widths per block of the quantised linear function that comes closest
    double fitError = 0;    ///< e_fit
};

/// Width of each block as steps on a logarithmic axis. One network: its stages in turns of two tints, each with its
/// width above and resolution, stride and group width below, and the fit beside it. Two: steps against the block's
/// index, the first in its space's colour, the second dashed.
class BlockDrawing : public QWidget {
    Q_OBJECT
public:
    explicit BlockDrawing(QWidget* parent = nullptr);

    /// At most two; of the first in the colour of its space.
    void setNetworks(std::vector<DrawnNetwork>, const QColor&);
    QSize sizeHint() const override { return {280, 170}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent*) override;

private:
    struct Scale {
        QRectF area;
        double low = 1, high = 2; ///< log2 of the widths at its ends

        qreal y(double width) const;
    };
    Scale scale() const;
    QFont smallFont() const;
    std::vector<qreal> edges(const Network&, const QRectF& area) const;
    void paintAxis(QPainter&, const Scale&) const;
    void paintOne(QPainter&, const Scale&) const;
    void paintStageWords(QPainter&, const Scale&, const std::vector<qreal>& edges) const;
    void paintTwo(QPainter&, const Scale&) const;
    void paintKey(QPainter&, const std::vector<std::pair<QPen, QString>>&) const;
    QString stageAt(const QPoint&) const;

    std::vector<DrawnNetwork> m_networks;
    std::vector<int> m_sizes; ///< of the first network's stages
    QColor m_colour;
};

} // namespace spacewright
