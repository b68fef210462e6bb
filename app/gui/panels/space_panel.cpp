// Narrows the selected space.
#include "app/gui/panels/space_panel.h"

#include "app/gui/charts/palette.h"
#include "app/gui/format.h"
#include "app/gui/models/journal_model.h"
#include "app/gui/panels/silhouettes.h"
#include "app/gui/terms.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <algorithm>

namespace spacewright {

void SpacePanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    const bool otherStudy = !m_snapshot || m_snapshot->study->path != snapshot->study->path;
    m_snapshot = snapshot;
    m_taken.clear();
    for (const Population& population : snapshot->study->populations)
        m_taken.insert(population.space.space.name);
    const Population* selected = snapshot->selected ? snapshot->population(*snapshot->selected) : nullptr;
    setEnabled(selected != nullptr);
    if (!selected || (!otherStudy && m_space && m_space->id == selected->space.id)) {
        updateRefine();
        return;
    }
    m_space = selected->space;
    showSpace();
}

void SpacePanel::showSpace()
{
    m_name->setText(QStringLiteral("<b>%1</b>").arg(QString::fromStdString(m_space->space.name).toHtmlEscaped()));
    const Population* parent = m_space->parent ? m_snapshot->population(*m_space->parent) : nullptr;
    m_origin->setText(
        parent ? tr("child of %1: %2").arg(QString::fromStdString(parent->space.space.name), whyText(*m_space))
               : tr("the widest space of this journal"));
    for (; m_switches.size() > usualSwitches; m_switches.pop_back())
        delete m_switches.back().box; // what was suggested for another space
    for (const auto& [constraint, box] : m_switches) {
        const auto& has = m_space->space.constraints;
        const bool already = std::find(has.begin(), has.end(), constraint) != has.end();
        const QSignalBlocker quiet(box);
        box->setChecked(already);
        const bool anyNet = m_space->space.family == Space::Family::anyNet;
        box->setEnabled(!already && anyNet);
        const QString term = explain(QString::fromStdString(toText(constraint)));
        box->setToolTip(already  ? tr("%1 The space has it already.").arg(term)
                        : anyNet ? term
                                 : tr("%1 A RegNet has it by construction.").arg(term));
    }
    rebuildLimits();
    m_childNote->clear();
    m_nameTyped = false;
    m_preview.reset();
    edited();
}

void SpacePanel::rebuildLimits()
{
    if (m_family != m_space->space.family) {
        for (LimitRow* row : m_limits)
            delete row;
        m_limits.clear();
        qDeleteAll(m_limitArea->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
        m_family = m_space->space.family;
        const bool regNet = m_family == Space::Family::regNet;
        for (const char* name : {"d", "w", "w_0", "w_a", "w_m", "b", "g", "flops", "params", "acts"}) {
            const bool ofRegNet = std::string(name).starts_with("w_");
            if ((ofRegNet && !regNet) || (regNet && std::string(name) == "w"))
                continue;
            m_limits.push_back(new LimitRow(name, m_limitGrid, m_limitArea));
            connect(m_limits.back(), &LimitRow::edited, this, &SpacePanel::edited);
        }
        // The rows are the widest part, and nothing scrolls sideways; a layout counts shown widgets only.
        for (QWidget* widget : m_limitArea->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
            widget->show();
        const int frame = 2 * 10 + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
        setMinimumWidth(m_limitArea->sizeHint().width() + frame);
    }
    for (LimitRow* row : m_limits)
        row->reset(limitsOf(m_space->space, row->parameter()));
}

std::vector<Constraint> SpacePanel::added() const
{
    std::vector<Constraint> constraints;
    for (const auto& [constraint, box] : m_switches)
        if (box->isEnabledTo(this) && box->isChecked())
            constraints.push_back(constraint);
    for (const LimitRow* row : m_limits)
        if (const std::optional<Constraint> constraint = row->constraint())
            constraints.push_back(*constraint);
    return constraints;
}

QString SpacePanel::problem() const
{
    for (const LimitRow* row : m_limits)
        if (const QString found = row->problem(); !found.isEmpty())
            return found;
    const std::string name = m_childName->text().trimmed().toStdString();
    if (m_taken.contains(name) && !added().empty())
        return tr("The study has a space named %1 already.").arg(m_childName->text().trimmed());
    if (m_preview && !m_preview->problem.empty())
        return QString::fromStdString(m_preview->problem);
    if (m_preview && !m_preview->preview.emptiedBy.empty())
        return QString::fromStdString(m_preview->preview.emptiedBy);
    return {};
}

void SpacePanel::edited()
{
    if (!m_space)
        return;
    if (!m_nameTyped) {
        const QSignalBlocker quiet(m_childName);
        m_childName->setText(added().empty() ? QString()
                                             : QString::fromStdString(childName(m_space->space, added(), m_taken)));
    }
    m_previewSoon.start();
    updateRefine();
}

void SpacePanel::askForPreview()
{
    const bool typing =
        std::any_of(m_limits.begin(), m_limits.end(), [](const LimitRow* row) { return !row->problem().isEmpty(); });
    if (m_space && !typing)
        Q_EMIT previewWanted(m_space->space, added());
}

void SpacePanel::showPreview(const PreviewResult& result)
{
    m_preview = result;
    const double share = result.preview.proposals > 0 ? static_cast<double>(result.preview.accepted) /
                                                            static_cast<double>(result.preview.proposals)
                                                      : 0;
    m_acceptance->setText(tr("%1 of the networks drawn").arg(shareText(share)));
    m_size->setText(added().empty()
                        ? tr("%1 designs").arg(powerText(result.log10Before))
                        : tr("%1 designs, before %2").arg(powerText(result.log10After), powerText(result.log10Before)));
    m_examples->setSamples(result.preview.examples, colour(), 5);
    updateRefine();
}

void SpacePanel::updateRefine()
{
    const QString wrong = problem();
    const bool nothing = added().empty();
    const bool readOnly = m_snapshot && m_snapshot->readOnly;
    m_note->setText(
        readOnly           ? tr("The study is open for reading only, so it cannot be refined.")
        : !wrong.isEmpty() ? wrong
        : nothing
            ? tr("Switch something on or type a limit; the space itself stays as it is.")
            : tr("The child is drawn anew and trained beside %1.").arg(QString::fromStdString(m_space->space.name)));
    QPalette colours = palette();
    if (!wrong.isEmpty())
        colours.setColor(QPalette::WindowText,
                         spaceStyle(1, themeOf(colours)).colour.darker(themeOf(colours).dark ? 90 : 120));
    m_note->setPalette(colours);
    m_refine->setEnabled(wrong.isEmpty() && !nothing && !readOnly && !m_childName->text().trimmed().isEmpty());
    m_reset->setEnabled(!nothing);
}

void SpacePanel::refine()
{
    Refinement refinement;
    refinement.parent = m_space->id;
    refinement.name = m_childName->text().trimmed().toStdString();
    refinement.added = added();
    refinement.note = m_childNote->text().trimmed().toStdString();
    refinement.models = m_childModels->value();
    m_refine->setEnabled(false); // until the child is there or the edit changes
    Q_EMIT refineWanted(refinement);
}

std::string childName(const Space& parent, const std::vector<Constraint>& added, const std::set<std::string>& taken)
{
    const auto shape = [](const std::vector<Constraint>& constraints) {
        std::set<std::string> texts;
        for (const Constraint& constraint : constraints)
            if (constraint.parameter != "flops" && constraint.parameter != "params" && constraint.parameter != "acts")
                texts.insert(toText(constraint));
        return texts;
    };
    Space child = parent;
    for (const Constraint& constraint : added)
        child = constrained(child, constraint);
    for (const Space& named : namedSpaces())
        if (named.family == child.family && named.stages == child.stages && named.depth == child.depth &&
            named.width == child.width && named.bottleneckRatio == child.bottleneckRatio &&
            named.groupWidth == child.groupWidth && named.multiplier == child.multiplier &&
            named.prototype.block == child.prototype.block && named.prototype.seRatio == child.prototype.seRatio &&
            shape(named.constraints) == shape(child.constraints) &&
            shape(child.constraints) != shape(parent.constraints) && !taken.contains(named.name))
            return named.name;
    std::string name = parent.name + "'";
    while (taken.contains(name))
        name += "'";
    return name;
}

} // namespace spacewright
