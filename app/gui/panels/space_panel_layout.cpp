// SpacePanel, how it is laid out.
#include "app/gui/charts/palette.h"
#include "app/gui/panels/prospect_view.h"
#include "app/gui/panels/space_panel.h"
#include "app/gui/terms.h"

#include <QCheckBox>
#include <QEvent>
#include <QFormLayout>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

namespace {

QLabel* title(const QString& text)
{
    auto* label = new QLabel(text);
    label->setForegroundRole(QPalette::WindowText);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

/// As high as what it holds, where there is room.
class Column : public QScrollArea {
public:
    QSize sizeHint() const override { return {QScrollArea::sizeHint().width(), widget()->sizeHint().height() + 2}; }
};

} // namespace

SpacePanel::SpacePanel(QUndoStack* history, QWidget* parent)
    : QWidget(parent), m_history(history), m_view(new ProspectView)
{
    const auto column = [this](const QList<QWidget*>& parts) {
        auto* content = new QWidget;
        auto* layout = new QVBoxLayout(content);
        layout->setContentsMargins(10, 8, 10, 8);
        layout->setSpacing(6);
        for (QWidget* part : parts)
            layout->addWidget(part);
        layout->addStretch();
        auto* scroll = new Column;
        scroll->setFocusPolicy(Qt::NoFocus); // the fields within take it
        scroll->setWidget(content);
        scroll->setWidgetResizable(true);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        // Nothing scrolls sideways, whether there is a bar or not.
        scroll->setMinimumWidth(content->sizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
        return scroll;
    };
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(column({heading(), title(tr("Narrow it by")), switches(), limits()}));
    parts->addWidget(column({title(tr("What would be drawn")), m_view, title(tr("Make it a child")), childForm()}));
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(parts);

    m_askSoon.setSingleShot(true);
    m_askSoon.setInterval(15); // typed and dragged faster than this is one edit
    connect(&m_askSoon, &QTimer::timeout, this, &SpacePanel::askForProspect);
    setEnabled(false);
}

QWidget* SpacePanel::heading()
{
    auto* area = new QWidget;
    m_name = new QLabel(tr("No space"));
    m_name->setObjectName("spaceName");
    m_origin = new QLabel;
    m_origin->setWordWrap(true);
    auto* layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_name);
    layout->addWidget(m_origin);
    return area;
}

QWidget* SpacePanel::switches()
{
    auto* area = new QWidget;
    m_switchGrid = new QGridLayout(area);
    m_switchGrid->setContentsMargins(0, 0, 0, 0);
    m_switchGrid->setVerticalSpacing(2);
    addSwitch(constraintFrom("shared b"), tr("shared bottleneck"));
    addSwitch(constraintFrom("shared g"), tr("shared groups"));
    addSwitch(constraintFrom("increasing w"), tr("increasing widths"));
    addSwitch(constraintFrom("increasing d"), tr("increasing depths"));
    return area;
}

void SpacePanel::addSwitch(const Constraint& constraint, const QString& text)
{
    auto* box = new QCheckBox(text);
    const QString name = QString::fromStdString(toText(constraint));
    box->setObjectName(name);
    box->setToolTip(explain(name));
    box->setWhatsThis(explain(name));
    const int i = static_cast<int>(m_switches.size());
    if (i < usualSwitches)
        m_switchGrid->addWidget(box, i % 2, i / 2);
    else
        m_switchGrid->addWidget(box, i, 0, 1, 2);
    m_switches.push_back({constraint, box});
    connect(box, &QCheckBox::toggled, this, [this] { edited(); });
}

void SpacePanel::suggest(const Constraint& constraint)
{
    for (LimitRow* row : m_limits)
        if (constraint.kind == Constraint::Kind::range && row->parameter() == constraint.parameter) {
            row->setLimits(constraint);
            m_stages->setChecked(m_stages->isChecked() || row->ofStage());
            row->fields().first()->setFocus(Qt::OtherFocusReason);
            return edited();
        }
    const auto hasIt = [&](const Switch& s) { return s.constraint == constraint; };
    if (std::none_of(m_switches.begin(), m_switches.end(), hasIt))
        addSwitch(constraint, QString::fromStdString(describe(constraint)));
    QCheckBox* box = std::find_if(m_switches.begin(), m_switches.end(), hasIt)->box;
    box->setChecked(true);
    box->setFocus(Qt::OtherFocusReason);
}

QWidget* SpacePanel::limits()
{
    m_limitArea = new QWidget;
    m_limitGrid = new QGridLayout(m_limitArea);
    m_limitGrid->setContentsMargins(0, 0, 0, 0);
    m_limitGrid->setHorizontalSpacing(4);
    m_limitGrid->setVerticalSpacing(1);
    m_limitGrid->setColumnStretch(1, 1);
    m_stages = new QToolButton;
    m_stages->setObjectName("stages");
    m_stages->setText(tr("Each stage by itself"));
    m_stages->setToolTip(tr("Shows depth and width of each stage, to limit them by themselves."));
    m_stages->setCheckable(true);
    m_stages->setAutoRaise(true);
    m_stages->setArrowType(Qt::RightArrow);
    m_stages->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_stages, &QToolButton::toggled, this, &SpacePanel::showStages);
    auto* area = new QWidget;
    auto* layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_limitArea);
    layout->addWidget(m_stages);
    return area;
}

void SpacePanel::showStages(bool shown)
{
    m_stages->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    bool any = false;
    for (LimitRow* row : m_limits) {
        row->setVisible(shown || !row->ofStage());
        any = any || row->ofStage();
    }
    m_stages->setVisible(any);
}

QWidget* SpacePanel::childForm()
{
    auto* area = new QWidget;
    m_childName = new QLineEdit;
    m_childName->setObjectName("childName");
    m_childName->setAccessibleName(tr("Name of the child"));
    m_childModels = new QSpinBox;
    m_childModels->setObjectName("childModels");
    m_childModels->setAccessibleName(tr("Number of models of the child"));
    m_childModels->setRange(1, 100000);
    m_childModels->setValue(24);
    m_childModels->setToolTip(tr("How many models the child has in all, those that are trained already too."));
    m_childNote = new QLineEdit;
    m_childNote->setObjectName("childNote");
    m_childNote->setAccessibleName(tr("Why, for the journal"));
    m_childNote->setPlaceholderText(tr("why (optional)"));
    m_note = new QLabel;
    m_note->setObjectName("note");
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setMinimumHeight(3 * QFontMetrics(font()).lineSpacing());
    m_refine = new QPushButton(tr("Ref&ine"));
    m_refine->setObjectName("refine");
    m_refine->setToolTip(tr("Makes the child space and draws its models. Nothing is overwritten."));
    m_reset = new QPushButton(tr("Clear"));
    m_reset->setObjectName("clear");
    m_reset->setToolTip(tr("Takes back what was switched on or typed here."));
    auto* models = new QLabel(tr("n"));
    models->setBuddy(m_childModels);
    constexpr int gap = 6; // the form around has two spacings, of which these would inherit none
    auto* nameAndModels = new QHBoxLayout;
    nameAndModels->setSpacing(gap);
    nameAndModels->addWidget(m_childName, 1);
    nameAndModels->addWidget(models);
    nameAndModels->addWidget(m_childModels);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(gap);
    buttons->addWidget(m_refine);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    auto* form = new QFormLayout(area);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->addRow(tr("name"), nameAndModels);
    form->addRow(tr("note"), m_childNote);
    form->addRow(buttons);
    form->addRow(m_note);
    connect(m_childName, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_nameTyped = !text.isEmpty();
        edited(QStringLiteral("type name"));
    });
    connect(m_childNote, &QLineEdit::textEdited, this, [this] { edited(QStringLiteral("type note")); });
    connect(m_childModels, &QSpinBox::valueChanged, this, [this] { edited(QStringLiteral("models")); });
    for (QLineEdit* field : {m_childName, m_childNote, m_childModels->findChild<QLineEdit*>()})
        followHistory(field);
    connect(m_refine, &QPushButton::clicked, this, &SpacePanel::refine);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        toWidgets({});
        edited();
    });
    return area;
}

/// Undo and redo in a field are the window's, since what is typed there is a step like any other.
void SpacePanel::followHistory(QLineEdit* field)
{
    field->installEventFilter(this);
}

bool SpacePanel::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void SpacePanel::beginRefining()
{
    for (const auto& [constraint, box] : m_switches)
        if (box->isEnabled())
            return box->setFocus(Qt::ShortcutFocusReason);
    m_childName->setFocus(Qt::ShortcutFocusReason);
}

QColor SpacePanel::colour() const
{
    // A child that is being thought of has the colour that it will get.
    const int index =
        added().empty() ? m_snapshot->indexOf(m_space->id) : static_cast<int>(m_snapshot->study->populations.size());
    return spaceStyle(index, themeOf(palette())).colour;
}

void SpacePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_prospect)
        showProspect(Prospect(*m_prospect));
    QWidget::changeEvent(event);
}

} // namespace spacewright
