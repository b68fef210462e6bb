// Parallel coordinates, and the way from their ranges to a narrower space.
#pragma once
#include "app/gui/panels/parallel_view.h"

class QPushButton;

namespace spacewright {

class ParallelPanel : public QWidget {
    Q_OBJECT
public:
    explicit ParallelPanel(Selection&, QWidget* parent = nullptr);
    void setSnapshot(const std::shared_ptr<const Snapshot>&);

Q_SIGNALS:
    /// Once for each range.
    void constraintChosen(Constraint);

private:
    void offerRanges();

    ParallelView* m_view;
    QPushButton* m_narrow;
    bool m_readOnly = false;
};

} // namespace spacewright
