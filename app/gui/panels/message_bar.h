// A sentence at the top of the window, with one button where something can be done about it. Never modal.
#pragma once
#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;

namespace spacewright {

class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    void tell(const QString& sentence);
    void warn(const QString& sentence, const QString& button = {}, std::function<void()> action = {});
    QString text() const;

Q_SIGNALS:
    /// There is something to say, or it was dismissed: what holds the bar shows or hides it.
    void wanted(bool);

private:
    void display(const QString& sentence, const QString& button, std::function<void()> action, bool warning);
    QLabel* m_sign;
    QLabel* m_text;
    QPushButton* m_button;
    std::function<void()> m_action;
};

} // namespace spacewright
