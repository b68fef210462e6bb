// The selected networks as drawings, or the best of the study: twelve at most, the best first.
#pragma once
#include "app/gui/selection.h"
#include "app/gui/snapshot.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace spacewright {

class Silhouettes;

/// A click or an arrow key looks at a network, a click with Ctrl takes it into the selection or out.
class SilhouetteStrip : public QWidget {
    Q_OBJECT
public:
    explicit SilhouetteStrip(Selection&, QWidget* parent = nullptr);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);

protected:
    void keyPressEvent(QKeyEvent*) override;
    void changeEvent(QEvent*) override;

private:
    void draw();
    void mark();
    void step(std::ptrdiff_t);

    Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<ModelId> m_shown;
    QLabel* m_words;
    Silhouettes* m_drawing;
    QTimer m_soon;
};

} // namespace spacewright
