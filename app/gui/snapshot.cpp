// What the window shows of a study at one moment.
#include "app/gui/snapshot.h"

#include "core/error.h"
#include "core/figures/parts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace spacewright {

namespace {

std::string models(int n)
{
    return std::to_string(n) + (n == 1 ? " model" : " models");
}

std::string alone(const Population& population)
{
    const std::string& name = population.space.space.name;
    if (!population.edf) {
        if (population.models.empty())
            return name + " has no models yet. Add some to see their errors.";
        return name + ": " + models(static_cast<int>(population.models.size())) +
               " drawn, none trained yet. Train them to see their errors.";
    }
    char words[64];
    std::snprintf(words, sizeof words, "lowest error %.1f %%, mean %.1f %%", population.edf->min, population.edf->mean);
    return name + ": " + words + " over " + models(population.edf->n()) +
           ". Refine the space to have something to compare it with.";
}

} // namespace

int Snapshot::indexOf(SpaceId id) const
{
    const auto& all = study->populations;
    const auto found = std::find_if(all.begin(), all.end(), [id](const Population& p) { return p.space.id == id; });
    return static_cast<int>(found - all.begin());
}

const Population* Snapshot::population(SpaceId id) const
{
    const auto index = static_cast<std::size_t>(indexOf(id));
    return index < study->populations.size() ? &study->populations[index] : nullptr;
}

std::vector<Population> Snapshot::allPopulations() const
{
    std::vector<Population> all = study->populations;
    for (const auto& other : others)
        join(all, other->populations);
    return all;
}

FigureResult figureFor(const Snapshot& snapshot, const std::string& name)
{
    try {
        FigureResult result{makeFigure(name, snapshot.allPopulations(), {.selected = snapshot.selected}), {}};
        for (Panel& panel : result.figure.panels)
            for (Series& series : panel.series)
                if (series.space >= std::ssize(snapshot.study->populations))
                    series.models.clear(); // no model of this study has these ids
        return result;
    } catch (const Error& missing) {
        return {{}, missing.what()};
    }
}

AdviceResult adviceFor(const Snapshot& snapshot)
{
    const Population* population = snapshot.selected ? snapshot.population(*snapshot.selected) : nullptr;
    if (!population)
        return {};
    try {
        AdviceResult result{advise(*population), {}};
        result.sentence = recommendation(result.list, *population);
        return result;
    } catch (const Error& nothingTrained) {
        return {{}, nothingTrained.what()};
    }
}

std::vector<ModelList::Pointer> bestModels(const ModelRows& rows, const std::function<bool(ModelId)>& wanted)
{
    constexpr std::size_t most = 12;
    const auto column = std::find(rows.keys.begin(), rows.keys.end(), "error") - rows.keys.begin();
    if (column == std::ssize(rows.keys))
        return {};
    const std::vector<double>& errors = rows.numbers[static_cast<std::size_t>(column)];
    std::vector<std::size_t> best;
    const auto isBetter = [&](std::size_t a, std::size_t b) { return errors[a] < errors[b]; };
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!std::isfinite(errors[row]) || (best.size() == most && !isBetter(row, best.back())) ||
            !wanted(rows.models[row]->id))
            continue;
        best.insert(std::upper_bound(best.begin(), best.end(), row, isBetter), row);
        if (best.size() > most)
            best.pop_back();
    }
    std::vector<ModelList::Pointer> models;
    for (const std::size_t row : best)
        models.push_back(rows.models[row]);
    return models;
}

Verdict verdictOf(const StudyView& study, const Lineage::Verdicts& verdicts)
{
    if (study.populations.empty())
        return {};
    const auto& all = study.populations;
    const auto child = std::find_if(all.rbegin(), all.rend(), [&](const Population& p) {
        return !p.space.setAside && verdicts.contains(p.space.id);
    });
    if (child == all.rend())
        return {alone(all.back())};
    const ParentVerdict& verdict = verdicts.at(child->space.id);
    return {verdict.sentence,
            verdict.kind == ParentVerdict::Kind::better || verdict.kind == ParentVerdict::Kind::worse};
}

std::shared_ptr<const Snapshot> snapshotOf(std::shared_ptr<const StudyView> study, const Look& look,
                                           std::shared_ptr<const ModelRows> rows, bool readOnly,
                                           std::vector<std::shared_ptr<const StudyView>> others)
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->study = std::move(study);
    snapshot->rows = rows ? std::move(rows) : rowsOf(*snapshot->study, nullptr);
    snapshot->readOnly = readOnly;
    snapshot->others = std::move(others);
    const auto& populations = snapshot->study->populations;
    if (look.selected && snapshot->population(*look.selected))
        snapshot->selected = look.selected;
    else if (!populations.empty())
        snapshot->selected = populations.back().space.id;
    const std::vector<Shown> spaces = shown(populations);
    for (const std::string& parameter : look.parameters) {
        std::vector<Scatter>& scatters = snapshot->scatters[parameter];
        if (!scatters.empty())
            continue; // both charts show it
        for (const Population& population : populations)
            scatters.push_back(scatter(population, parameter));
        snapshot->panels[parameter] =
            std::make_shared<const Panel>(scatterPanel(spaces, scatters, parameter, snapshot->selected));
    }
    const std::vector<Population> all =
        snapshot->others.empty() ? std::vector<Population>() : snapshot->allPopulations();
    snapshot->edfs =
        std::make_shared<const Panel>(edfPanel(all.empty() ? spaces : shown(all), {}, look.bands, snapshot->selected));
    snapshot->best = bestModels(*snapshot->rows, [](ModelId) { return true; });
    double seconds = 0;
    int results = 0;
    for (const ModelList::Pointer& model : snapshot->rows->models) {
        snapshot->counts.add(*model);
        if (model->seconds > 0 && model->finishOrder > 0) {
            seconds += model->seconds;
            ++results;
        }
    }
    snapshot->secondsPerModel = results ? seconds / results : 0;
    return snapshot;
}

} // namespace spacewright
