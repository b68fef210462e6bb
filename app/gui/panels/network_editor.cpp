// A copy of the network that is looked at, to be changed and trained.
#include "app/gui/panels/network_editor.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"
#include "core/error.h"
#include "core/network/compatibility.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

namespace {

/// Without needless zeros.
class RatioBox : public QDoubleSpinBox {
public:
    QString textFromValue(double value) const override { return valueText(value); }
};

/// Each step doubles or halves, as the spaces' own values do.
template <typename Box>
class Doubling : public Box {
public:
    using Box::Box;
    void stepBy(int steps) override
    {
        for (; steps > 0; --steps)
            this->setValue(this->value() * 2);
        for (; steps < 0; ++steps)
            this->setValue(this->value() / 2);
    }
};

QString stageNumber(std::size_t stage)
{
    return QString::number(stage + 1);
}

/// "flops 1.84 M → 2.10 M (+14 %)"
QString changeText(const QString& name, std::int64_t before, std::int64_t after)
{
    if (before == after)
        return NetworkEditor::tr("%1 %2").arg(name, countText(static_cast<double>(before)));
    const double share = 100 * (static_cast<double>(after) / static_cast<double>(before) - 1);
    return NetworkEditor::tr("%1 %2 → <b>%3</b> (%4%5 %)")
        .arg(name, countText(static_cast<double>(before)), countText(static_cast<double>(after)),
             share > 0 ? QStringLiteral("+") : QString())
        .arg(share, 0, 'f', 1);
}

} // namespace

NetworkEditor::NetworkEditor(QWidget* parent)
    : QWidget(parent), m_fields(new QWidget(this)), m_grid(new QGridLayout(m_fields)), m_counts(new QLabel(this)),
      m_note(new QLabel(this)), m_name(new QLineEdit(this)), m_train(new QPushButton(tr("&Train it"), this)),
      m_reset(new QPushButton(tr("Reset"), this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(4);
    m_grid->setVerticalSpacing(2);
    m_fields->setToolTip(tr("Type a value, or press the up and down keys."));
    m_counts->setObjectName("editCounts");
    m_counts->setTextFormat(Qt::RichText);
    m_counts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setObjectName("editNote");
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop);
    m_name->setObjectName("copyName");
    m_name->setAccessibleName(tr("Name of the copy"));
    m_train->setObjectName("trainCopy");
    m_train->setToolTip(tr("Puts the copy beside the other spaces as a single network and trains it next, by the "
                           "study's recipe."));
    m_reset->setObjectName("resetCopy");
    m_reset->setToolTip(tr("Takes the model's own values again."));
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_name, 1);
    bottom->addWidget(m_train);
    bottom->addWidget(m_reset);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_fields);
    layout->addWidget(m_counts);
    layout->addWidget(m_note);
    layout->addLayout(bottom);
    layout->addStretch();
    connect(m_name, &QLineEdit::textEdited, this, &NetworkEditor::takeEdit);
    connect(m_reset, &QPushButton::clicked, this, &NetworkEditor::fill);
    connect(m_train, &QPushButton::clicked, this, [this] {
        Q_EMIT trainWanted(
            {m_model->id, m_name->text().trimmed().toStdString(), m_edited ? *m_edited : m_model->sample.network});
    });
}

void NetworkEditor::setModel(const Model& model)
{
    if (m_model && m_model->id == model.id && m_model->sample.network == model.sample.network)
        return;
    m_model = model;
    fill();
}

void NetworkEditor::setStudy(const std::vector<std::string>& taken, bool readOnly)
{
    const bool nameIsOurs = m_model && m_name->text().toStdString() == nameOfCopy(m_taken, m_model->id);
    m_taken = taken;
    m_readOnly = readOnly;
    if (nameIsOurs)
        nameIt();
    if (m_model)
        takeEdit();
}

void NetworkEditor::nameIt()
{
    m_name->setText(QString::fromStdString(nameOfCopy(m_taken, m_model->id)));
}

/// The fields with the model's own values.
void NetworkEditor::fill()
{
    qDeleteAll(m_fields->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    m_rows.clear();
    int column = 0;
    for (const char* term : {"stage", "d", "w", "b", "g"}) {
        auto* label = new QLabel(column == 0 ? tr("stage") : QString::fromLatin1(term));
        label->setToolTip(explain(QString::fromLatin1(term)));
        label->setAlignment(Qt::AlignCenter);
        m_grid->addWidget(label, 0, column++);
    }
    const std::vector<Stage>& stages = m_model->sample.network.stages;
    for (std::size_t stage = 0; stage < stages.size(); ++stage)
        m_rows.push_back(addRow(stage, stages[stage]));
    nameIt();
    takeEdit();
}

NetworkEditor::Row NetworkEditor::addRow(std::size_t stage, const Stage& shape)
{
    constexpr int widest = 8192, deepest = 512; // what can be built
    const int line = static_cast<int>(stage) + 1;
    auto* label = new QLabel(stageNumber(stage));
    label->setAlignment(Qt::AlignCenter);
    m_grid->addWidget(label, line, 0);
    int column = 1;
    const auto place = [&](QAbstractSpinBox* box, const char* term) {
        box->setObjectName(QStringLiteral("edit_%1%2").arg(QLatin1String(term)).arg(line));
        box->setAccessibleName(tr("%1 of stage %2").arg(termTitle(QString::fromLatin1(term)), stageNumber(stage)));
        box->setToolTip(explain(QString::fromLatin1(term)));
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // four of them have room in a narrow panel
        box->setMinimumWidth(QFontMetrics(font()).horizontalAdvance(QStringLiteral("1024")) + 12);
        m_grid->addWidget(box, line, column++);
    };
    const auto spin = [&](QSpinBox* box, const char* term, int most, int step, int value) {
        box->setRange(1, most);
        box->setSingleStep(step);
        box->setValue(value);
        place(box, term);
        connect(box, &QSpinBox::valueChanged, this, &NetworkEditor::takeEdit);
        return box;
    };
    Row row{};
    row.depth = spin(new QSpinBox, "d", deepest, 1, shape.depth);
    row.width = spin(new QSpinBox, "w", widest, 8, shape.width);
    row.bottleneckRatio = new Doubling<RatioBox>;
    row.bottleneckRatio->setRange(1.0 / 64, 64);
    row.bottleneckRatio->setDecimals(3);
    row.bottleneckRatio->setValue(shape.bottleneckRatio);
    row.shownRatio = row.bottleneckRatio->value();
    place(row.bottleneckRatio, "b");
    connect(row.bottleneckRatio, &QDoubleSpinBox::valueChanged, this, &NetworkEditor::takeEdit);
    row.groupWidth = spin(new Doubling<QSpinBox>, "g", widest, 1, shape.groupWidth);
    const bool grouped = hasGroups(m_model->sample.network.block);
    row.bottleneckRatio->setEnabled(grouped || m_model->sample.network.block == BlockType::mbconv);
    row.groupWidth->setEnabled(grouped);
    return row;
}

Network NetworkEditor::typed() const
{
    Network network = m_model->sample.network;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Stage& stage = network.stages[i];
        stage.depth = m_rows[i].depth->value();
        stage.width = m_rows[i].width->value();
        stage.groupWidth = m_rows[i].groupWidth->value();
        if (m_rows[i].bottleneckRatio->value() != m_rows[i].shownRatio) // the box rounds
            stage.bottleneckRatio = m_rows[i].bottleneckRatio->value();
    }
    return network;
}

void NetworkEditor::takeEdit()
{
    if (m_rows.size() != m_model->sample.network.stages.size())
        return; // while they are being made
    const Network wanted = typed(), built = compatible(wanted);
    QString problem;
    try {
        check(built);
    } catch (const Error& error) {
        problem = QString::fromUtf8(error.what());
    }
    const bool differs = !(built == m_model->sample.network);
    m_edited = differs && problem.isEmpty() ? std::optional(built) : std::nullopt;
    const Complexity before = m_model->sample.complexity, after = m_edited ? complexity(*m_edited) : before;
    m_counts->setText(changeText(tr("flops"), before.flops, after.flops) + "<br>" +
                      changeText(tr("params"), before.params, after.params) + "<br>" +
                      changeText(tr("acts"), before.activations, after.activations));
    const std::string name = m_name->text().trimmed().toStdString();
    const bool nameIsTaken = std::find(m_taken.begin(), m_taken.end(), name) != m_taken.end();
    m_note->setText(!problem.isEmpty() ? problem
                    : nameIsTaken      ? tr("The study has a space of that name already.")
                    : m_readOnly       ? tr("The study is open for reading only, so nothing can be added.")
                                       : consequences(wanted, built));
    m_train->setEnabled(problem.isEmpty() && !nameIsTaken && !name.empty() && !m_readOnly);
    m_reset->setEnabled(!(wanted == m_model->sample.network));
    Q_EMIT editedChanged();
}

/// Which values are built otherwise than they were typed.
QString NetworkEditor::consequences(const Network& wanted, const Network& built) const
{
    QStringList words;
    for (std::size_t i = 0; i < wanted.stages.size(); ++i) {
        const Stage &asked = wanted.stages[i], &made = built.stages[i];
        if (asked.width != made.width)
            words << tr("w%1 is built as <b>%2</b>").arg(stageNumber(i)).arg(made.width);
        if (asked.groupWidth != made.groupWidth)
            words << tr("g%1 is built as <b>%2</b>").arg(stageNumber(i)).arg(made.groupWidth);
    }
    if (!words.isEmpty())
        return tr("%1: the 3x3's width is a multiple of the group width.").arg(words.join(QStringLiteral(", ")));
    return m_edited ? tr("All values fit each other.") : tr("Change a value to see what it costs.");
}

} // namespace spacewright
