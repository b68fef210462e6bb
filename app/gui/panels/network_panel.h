// The selected model: its drawing, stages, complexity and how its training went.
#pragma once
#include "app/gui/session.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace spacewright {

class Silhouettes;

class NetworkPanel : public QWidget {
    Q_OBJECT
public:
    explicit NetworkPanel(QWidget* parent = nullptr);
    void setDetails(const ModelDetails&, const QColor& ofSpace);
    void clear();

Q_SIGNALS:
    void exportRequested();
    void retryRequested();

private:
    QLabel* m_heading;
    QLabel* m_stages;
    QLabel* m_words;
    Silhouettes* m_drawing;
    QPushButton* m_export;
    QPushButton* m_retry;
};

} // namespace spacewright
