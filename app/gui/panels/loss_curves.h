// The loss of the models that train now, batch by batch.
#pragma once
#include "app/gui/charts/palette.h"
#include "gpu/engine.h"

#include <QPolygonF>
#include <QWidget>
#include <map>

namespace spacewright {

class LossCurves : public QWidget {
    Q_OBJECT
public:
    explicit LossCurves(QWidget* parent = nullptr);

    void take(const Event&);
    /// Of each worker that trains: x the share of the training that is done, y the mean loss since the point before.
    const QPolygonF& curve(int worker) const { return m_curves.at(worker).points; }
    int curves() const { return static_cast<int>(m_curves.size()); }
    QSize sizeHint() const override { return {260, 90}; }
    QSize minimumSizeHint() const override { return {160, 56}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    struct Curve {
        ModelId id{};
        int epoch = 0, batch = 0; ///< the last that is in the curve
        double sum = 0;           ///< of the losses of this epoch
        QPolygonF points;
    };
    void describe();
    std::map<int, Curve> m_curves; ///< by worker
};

} // namespace spacewright
