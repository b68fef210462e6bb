// SpacePanel, how it is laid out.
#include "app/gui/charts/palette.h"
#include "app/gui/panels/silhouettes.h"
#include "app/gui/panels/space_panel.h"
#include "app/gui/terms.h"

#include <QCheckBox>
#include <QEvent>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
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

} // namespace

SpacePanel::SpacePanel(QWidget* parent) : QWidget(parent)
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(6);
    column->addWidget(heading());
    column->addSpacing(4);
    column->addWidget(title(tr("Narrow it by")));
    column->addWidget(switches());
    column->addWidget(limits());
    column->addSpacing(4);
    column->addWidget(title(tr("What would be drawn")));
    column->addWidget(consequences());
    column->addSpacing(4);
    column->addWidget(title(tr("Make it a child")));
    column->addWidget(childForm());
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    m_previewSoon.setSingleShot(true);
    m_previewSoon.setInterval(40);
    connect(&m_previewSoon, &QTimer::timeout, this, &SpacePanel::askForPreview);
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
    connect(box, &QCheckBox::toggled, this, &SpacePanel::edited);
}

void SpacePanel::suggest(const Constraint& constraint)
{
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
    m_limitGrid->setHorizontalSpacing(6);
    m_limitGrid->setVerticalSpacing(3);
    m_limitGrid->setColumnStretch(0, 1);
    return m_limitArea;
}

QWidget* SpacePanel::consequences()
{
    auto* area = new QWidget;
    m_acceptance = new QLabel;
    m_acceptance->setObjectName("acceptance");
    m_acceptance->setToolTip(explain(QStringLiteral("acceptance")));
    m_size = new QLabel;
    m_size->setObjectName("size");
    m_size->setToolTip(explain(QStringLiteral("size")));
    m_examples = new Silhouettes;
    m_examples->setObjectName("examples");
    m_examples->setAccessibleName(tr("Five example networks, width of each block"));
    m_examples->setFixedHeight(92);
    auto* form = new QFormLayout(area);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(3);
    form->addRow(tr("accepts"), m_acceptance);
    form->addRow(tr("size"), m_size);
    form->addRow(m_examples);
    return area;
}

QWidget* SpacePanel::childForm()
{
    auto* area = new QWidget;
    m_childName = new QLineEdit;
    m_childName->setObjectName("childName");
    m_childModels = new QSpinBox;
    m_childModels->setObjectName("childModels");
    m_childModels->setRange(1, 100000);
    m_childModels->setValue(24);
    m_childModels->setToolTip(tr("How many networks are drawn from the child and trained."));
    m_childNote = new QLineEdit;
    m_childNote->setPlaceholderText(tr("why (optional)"));
    m_note = new QLabel;
    m_note->setObjectName("note");
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setMinimumHeight(4 * QFontMetrics(font()).lineSpacing());
    m_refine = new QPushButton(tr("Re&fine"));
    m_refine->setObjectName("refine");
    m_refine->setToolTip(tr("Makes the child space and draws its models. Nothing is overwritten."));
    m_reset = new QPushButton(tr("Clear"));
    m_reset->setToolTip(tr("Takes back what was switched on or typed here."));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_refine);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    auto* form = new QFormLayout(area);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->addRow(tr("name"), m_childName);
    form->addRow(tr("models"), m_childModels);
    form->addRow(tr("note"), m_childNote);
    form->addRow(buttons);
    form->addRow(m_note);
    connect(m_childName, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_nameTyped = !text.isEmpty();
        updateRefine();
    });
    connect(m_refine, &QPushButton::clicked, this, &SpacePanel::refine);
    connect(m_reset, &QPushButton::clicked, this, &SpacePanel::showSpace);
    return area;
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
    if (event->type() == QEvent::PaletteChange && m_preview)
        showPreview(*m_preview);
    QWidget::changeEvent(event);
}

} // namespace spacewright
