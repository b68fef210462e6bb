// What the window shows of a study at one moment: computed once on the background thread, never changed.
#pragma once
#include "app/gui/models/model_rows.h"
#include "core/figures/figures.h"
#include "core/statistics/advice.h"
#include "core/statistics/lineage.h"

#include <functional>

namespace spacewright {

/// What the person chose to look at.
struct Look {
    std::optional<SpaceId> selected;                ///< none: the newest space
    std::vector<std::string> parameters{"d", "w4"}; ///< of the scatter charts
    DivergedModels diverged = DivergedModels::atChance;
    bool bands = false; ///< of the EDFs

    bool operator==(const Look&) const = default;
};

/// What the newest space with a parent is worth, for the line under the EDFs.
struct Verdict {
    std::string sentence; ///< or what is missing for one
    bool decided = false;
};
/// Of every space against its parent.
struct Judgement {
    Lineage::Verdicts verdicts;
    Verdict newest;
};

struct Snapshot {
    std::shared_ptr<const StudyView> study;
    bool readOnly = false;
    std::vector<std::shared_ptr<const StudyView>> others; ///< studies that this one is compared with
    std::optional<SpaceId> selected;
    std::shared_ptr<const ModelRows> rows;
    std::map<std::string, std::vector<Scatter>> scatters; ///< by parameter, each in the order of populations
    // Ready to be drawn.
    std::map<std::string, std::shared_ptr<const Panel>> panels; ///< by parameter: it against error
    std::shared_ptr<const Panel> edfs;
    std::vector<ModelList::Pointer> best; ///< the twelve best of the study, the best first
    double secondsPerModel = 0;           ///< mean of the results so far, 0 without any
    Counts counts{};                      ///< of the study, each model once

    const Population* population(SpaceId) const; ///< null for an unknown id
    /// Those of the study, then those of the others.
    std::vector<Population> allPopulations() const;
    /// The place of a space in the study, which gives it its colour; the number of spaces for an unknown id.
    int indexOf(SpaceId) const;
    const Counts& totals() const { return counts; }
};

/// Which constraint to try next, for the selected space.
struct AdviceResult {
    std::vector<Advice> list;
    std::string sentence; ///< what to do, or what is missing
};
/// Takes about a second for a thousand models. Touches nothing but the snapshot, so any thread may call it.
AdviceResult adviceFor(const Snapshot&);

/// One of the paper's figures over all spaces.
struct FigureResult {
    Figure figure;
    std::string problem; ///< which spaces are missing, in words
};
/// May take seconds for very many models; any thread may call it.
FigureResult figureFor(const Snapshot&, const std::string& name);

/// The models of the lowest errors among those that are wanted, the lowest first, twelve at most.
std::vector<ModelList::Pointer> bestModels(const ModelRows&, const std::function<bool(ModelId)>& wanted);

Verdict verdictOf(const StudyView&, const Lineage::Verdicts&);
/// `rows` are those of the study; null: they are made.
std::shared_ptr<const Snapshot> snapshotOf(std::shared_ptr<const StudyView>, const Look&,
                                           std::shared_ptr<const ModelRows> rows, bool readOnly,
                                           std::vector<std::shared_ptr<const StudyView>> others = {});

} // namespace spacewright
