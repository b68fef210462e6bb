// The spaces of the queue: which goes first, more models of one, more until its verdict is decided.
#pragma once
#include "app/gui/snapshot.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace spacewright {

class SpaceOrder : public QWidget {
    Q_OBJECT
public:
    explicit SpaceOrder(QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const Snapshot>&);
    void showPursuit(const QString& sentence, bool active);

Q_SIGNALS:
    // Plain numbers, since QMetaType cannot stream an enum of 64 bits.
    void priorityWanted(qint64 space, int);
    void moreWanted(qint64 space, int n);
    void pursuitWanted(qint64 space, int limit);
    void pursuitEnded();

protected:
    void changeEvent(QEvent*) override;

private:
    QPushButton* button(const QString& text, const char* name, const QString& explanation);
    void move(int by);
    void fill();
    void enable();
    const Population* selected() const;
    qint64 selectedId() const; ///< something is selected

    std::shared_ptr<const Snapshot> m_snapshot;
    bool m_pursuing = false;
    QTreeWidget* m_spaces;
    QPushButton *m_up, *m_down, *m_more, *m_pursue;
    QSpinBox *m_n, *m_limit;
    QLabel* m_sentence;
};

} // namespace spacewright
