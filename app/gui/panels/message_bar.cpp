// A sentence at the top of the window.
#include "app/gui/panels/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

namespace spacewright {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_sign(new QLabel(this)), m_text(new QLabel(this)), m_button(new QPushButton(this))
{
    setAccessibleName(tr("Message"));
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    setAutoFillBackground(true);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* dismiss = new QToolButton(this);
    dismiss->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    dismiss->setAutoRaise(true);
    dismiss->setAccessibleName(tr("Dismiss the message"));
    dismiss->setToolTip(tr("Dismiss the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    m_button->hide();
    layout->addWidget(dismiss);
    connect(dismiss, &QToolButton::clicked, this, [this] { Q_EMIT wanted(false); });
    connect(m_button, &QPushButton::clicked, this, [this] {
        Q_EMIT wanted(false);
        if (m_action)
            m_action();
    });
}

void MessageBar::tell(const QString& sentence)
{
    display(sentence, {}, {}, false);
}

void MessageBar::warn(const QString& sentence, const QString& button, std::function<void()> action)
{
    display(sentence, button, std::move(action), true);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::display(const QString& sentence, const QString& button, std::function<void()> action, bool warning)
{
    const auto icon = warning ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation;
    m_sign->setPixmap(style()->standardIcon(icon).pixmap(18, 18));
    m_text->setText(sentence);
    setAccessibleDescription(sentence);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_action = std::move(action);
    // A wrapping label cannot tell a tool bar how high it will be; the window's width tells.
    const int room = window()->width() - 120 - (button.isEmpty() ? 0 : m_button->sizeHint().width());
    setFixedHeight(std::max(m_text->heightForWidth(room), m_button->sizeHint().height()) + 14);
    Q_EMIT wanted(true);
}

} // namespace spacewright
