// Narrows the selected space.
#include "app/gui/panels/space_panel.h"

#include "app/gui/charts/palette.h"
#include "app/gui/models/journal_model.h"
#include "app/gui/panels/prospect_view.h"
#include "app/gui/terms.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QUndoStack>
#include <algorithm>

namespace spacewright {

void SpacePanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    if (m_snapshot && m_snapshot->study->path != snapshot->study->path) {
        m_drafts.clear();
        m_space.reset();
    }
    m_snapshot = snapshot;
    m_taken.clear();
    for (const Population& population : snapshot->study->populations)
        m_taken.insert(population.space.space.name);
    const Population* selected = snapshot->selected ? snapshot->population(*snapshot->selected) : nullptr;
    setEnabled(selected != nullptr);
    if (!selected || (m_space && m_space->id == selected->space.id)) {
        if (selected && std::exchange(m_results, selected->counted.size()) != selected->counted.size())
            m_askSoon.start(); // about the models that are trained already
        updateRefine();
        return;
    }
    m_results = selected->counted.size();
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
        const bool anyNet = m_space->space.family == Space::Family::anyNet;
        box->setEnabled(!already && anyNet);
        const QSignalBlocker quiet(box);
        box->setChecked(already);
        const QString term = explain(QString::fromStdString(toText(constraint)));
        box->setToolTip(already  ? tr("%1 The space has it already.").arg(term)
                        : anyNet ? term
                                 : tr("%1 A RegNet has it by construction.").arg(term));
    }
    rebuildLimits();
    m_view->clear();
    toWidgets(draft(m_space->id));
    changed();
}

void SpacePanel::rebuildLimits()
{
    const std::vector<std::string> parameters = limitableParameters(m_space->space);
    if (parameters != m_parameters) {
        for (LimitRow* row : m_limits)
            delete row;
        m_limits.clear();
        m_parameters = parameters;
        for (const std::string& name : parameters) {
            m_limits.push_back(new LimitRow(name, m_limitGrid, m_limitArea));
            connect(m_limits.back(), &LimitRow::edited, this, &SpacePanel::edited);
            for (QLineEdit* field : m_limits.back()->fields())
                followHistory(field);
        }
        showStages(m_stages->isChecked());
    }
    for (LimitRow* row : m_limits)
        row->reset(limitsOf(m_space->space, row->parameter()));
}

void SpacePanel::changed()
{
    m_prospect.reset();
    if (!m_nameTyped) {
        const QSignalBlocker quiet(m_childName);
        m_childName->setText(added().empty() ? QString()
                                             : QString::fromStdString(childName(m_space->space, added(), m_taken)));
    }
    if (!m_askSoon.isActive())
        m_askSoon.start();
    updateRefine();
}

void SpacePanel::askForProspect()
{
    // A drag makes edits faster than answers come. An answer that is nearly there is let come, so that the histograms
    // follow; one that takes long, as that of an empty space does, is cancelled by asking anew.
    constexpr int patience = 120; // ms
    if (m_asked.isValid() && m_asked.elapsed() < patience)
        return m_askSoon.start();
    const bool typing =
        std::any_of(m_limits.begin(), m_limits.end(), [](const LimitRow* row) { return !row->problem().isEmpty(); });
    if (!m_space || typing)
        return;
    m_asked.start();
    Q_EMIT prospectWanted(m_snapshot, added());
}

void SpacePanel::showProspect(const Prospect& prospect)
{
    m_asked.invalidate();
    if (!m_space || !population())
        return;
    m_prospect = prospect;
    for (const Spread& spread : prospect.spreads)
        for (LimitRow* row : m_limits)
            if (row->parameter() == spread.parameter)
                row->showSpread(spread, colour());
    m_view->show(prospect, *population(), colour(), !added().empty());
    updateRefine();
}

QString SpacePanel::problem() const
{
    for (const LimitRow* row : m_limits)
        if (const QString found = row->problem(); !found.isEmpty())
            return found;
    const std::string name = m_childName->text().trimmed().toStdString();
    if (m_taken.contains(name) && !added().empty())
        return tr("The study has a space named %1 already.").arg(m_childName->text().trimmed());
    if (m_prospect && !m_prospect->problem.empty())
        return QString::fromStdString(m_prospect->problem);
    if (m_prospect && m_prospect->emptiness)
        return QString::fromStdString(m_prospect->emptiness->sentence);
    return {};
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
            ? tr("Switch something on, drag an end of a histogram or type a limit; the space itself stays "
                 "as it is.")
            : tr("The child is drawn anew and trained beside %1.").arg(QString::fromStdString(m_space->space.name)));
    QPalette colours = palette();
    if (!wrong.isEmpty())
        colours.setColor(QPalette::WindowText,
                         spaceStyle(1, themeOf(colours)).colour.darker(themeOf(colours).dark ? 90 : 120));
    m_note->setPalette(colours);
    m_refine->setEnabled(wrong.isEmpty() && !nothing && !readOnly && !m_childName->text().trimmed().isEmpty());
    m_reset->setEnabled(m_space && fromWidgets() != SpaceDraft{});
    if (m_prospect && m_snapshot)
        m_view->showTime(nothing || m_prospect->emptiness ? 0 : m_childModels->value(), m_prospect->reusable,
                         m_snapshot->secondsPerModel);
    offerRemedies();
}

/// A button for each constraint of this draft that, changed alone, would leave something.
void SpacePanel::offerRemedies()
{
    QList<QPushButton*> buttons;
    const std::vector<Remedy> none;
    const std::vector<Constraint> mine = added();
    for (const Remedy& remedy : m_prospect && m_prospect->emptiness ? m_prospect->emptiness->remedies : none) {
        if (std::find(mine.begin(), mine.end(), remedy.constraint) == mine.end())
            continue; // the space's own, which stays
        const QString from = QString::fromStdString(describe(remedy.constraint));
        auto* button =
            new QPushButton(remedy.nearest ? tr("Use %1").arg(QString::fromStdString(describe(*remedy.nearest)))
                                           : tr("Without %1").arg(from));
        button->setObjectName("remedy");
        button->setToolTip(tr("In place of %1, which leaves nothing.").arg(from));
        connect(button, &QPushButton::clicked, this, [this, remedy] { replace(remedy); });
        buttons << button;
    }
    m_view->offer(buttons);
}

void SpacePanel::replace(const Remedy& remedy)
{
    for (const auto& [constraint, box] : m_switches)
        if (constraint == remedy.constraint)
            box->setChecked(false);
    for (LimitRow* row : m_limits)
        if (row->constraint() == remedy.constraint) {
            row->setLimits(remedy.nearest.value_or(Constraint{}));
            edited();
        }
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

const Population* SpacePanel::population() const
{
    return m_snapshot->population(m_space->id);
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
