// What the window shows while nothing is open.
#include "app/gui/panels/start_page.h"

#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace spacewright {

namespace {

constexpr int pageWidth = 560, recentShown = 4;

QLabel* words(const QString& text, qreal scale = 1)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
    return label;
}

/// "~/studies/my.study"
QString shortPath(const QString& path)
{
    return path.startsWith(QDir::homePath() + '/') ? '~' + path.mid(QDir::homePath().size()) : path;
}

} // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent), m_problem(words({})), m_recent(new QVBoxLayout)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* page = new QWidget;
    page->setFixedWidth(pageWidth);
    auto* column = new QVBoxLayout(page);
    column->addWidget(words(tr("Design a space of networks"), 1.8));
    column->addWidget(
        words(tr("Draw networks from a space, train them briefly, read their error EDF, narrow the space by "
                 "one principle, and draw again.")));
    m_problem->setObjectName("startProblem");
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();
    column->addSpacing(8);
    column->addWidget(m_problem);
    column->addSpacing(8);
    auto* choices = new QGridLayout;
    choices->setHorizontalSpacing(16);
    choices->setVerticalSpacing(12);
    choices->setColumnStretch(1, 1);
    const auto choice = [&](const char* name, const QString& text, const QString& about, void (StartPage::*signal)()) {
        auto* button = new QPushButton(text);
        button->setObjectName(name);
        button->setAccessibleDescription(about);
        button->setMinimumSize(190, 2 * fontMetrics().height() + 6);
        const int row = choices->rowCount();
        choices->addWidget(button, row, 0);
        choices->addWidget(words(about), row, 1);
        connect(button, &QPushButton::clicked, this, signal);
        return button;
    };
    QPushButton* first =
        choice("startDefault", tr("The &default study"),
               tr("48 small networks of AnyNetX_A and AnyNetX_D on Fashion-MNIST; minutes on this machine."),
               &StartPage::defaultStudyRequested);
    first->setDefault(true);
    choice("startNew", tr("&My data, my space..."),
           tr("Choose a space, a data set, how long to train and how many networks."), &StartPage::newRequested);
    choice("startOpen", tr("&Open a study..."), tr("A study file that was made here or elsewhere."),
           &StartPage::openRequested);
    column->addLayout(choices);
    column->addSpacing(12);
    column->addLayout(m_recent);
    column->addSpacing(12);
    column->addWidget(words(tr("Or drop a study, a space as YAML, or a folder of images onto this window.")));
    auto* layout = new QVBoxLayout(this);
    auto* middle =
        new QHBoxLayout; // an alignment would take the page's height for that of a page as wide as the window
    middle->addStretch();
    middle->addWidget(page);
    middle->addStretch();
    layout->addStretch(2);
    layout->addLayout(middle);
    layout->addStretch(3);
    setFocusProxy(first);
}

void StartPage::setProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void StartPage::setRecent(const QStringList& paths)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!paths.isEmpty())
        m_recent->addWidget(words(tr("Studies of before")));
    for (const QString& path : paths.mid(0, recentShown)) {
        auto* link = new QLabel(
            QStringLiteral("<a href=\"%1\">%2</a>").arg(path.toHtmlEscaped(), shortPath(path).toHtmlEscaped()));
        link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        link->setAccessibleName(tr("Open %1").arg(path));
        connect(link, &QLabel::linkActivated, this, &StartPage::studyChosen);
        m_recent->addWidget(link);
    }
}

} // namespace spacewright
