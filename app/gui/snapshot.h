// What the window shows of a study at one moment: computed once on the background thread, never changed.
#pragma once
#include "core/figures/figures.h"
#include "core/statistics/advice.h"

#include <functional>

namespace spacewright {

/// What the person chose to look at.
struct Look {
    std::optional<SpaceId> selected;                ///< none: the newest space
    std::vector<std::string> parameters{"d", "w4"}; ///< of the scatter charts
    DivergedModels diverged = DivergedModels::atChance;

    bool operator==(const Look&) const = default;
};

/// A space against its parent.
struct Verdict {
    std::string sentence; ///< or what is missing for one
    bool decided = false;
};

struct Snapshot {
    std::shared_ptr<const StudyView> study;
    bool readOnly = false;
    std::optional<SpaceId> selected;
    std::map<std::string, std::vector<Scatter>> scatters; ///< by parameter, each in the order of populations
    std::string verdict;                                  ///< the sentence under the EDFs
    bool decided = false;                                 ///< the verdict is

    const Population* population(SpaceId) const; ///< null for an unknown id
    /// The place of a space in the study, which gives it its colour; the number of spaces for an unknown id.
    int indexOf(SpaceId) const;
    Counts totals() const;
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

/// The `n` counted models of the lowest errors among those that are wanted, the lowest first, each once; they live as
/// long as the study's view.
std::vector<const Model*> bestModels(const StudyView&, std::size_t n, const std::function<bool(ModelId)>& wanted);

/// The newest space against its parent.
Verdict verdictOf(const StudyView&);
/// `verdict` is passed in because it costs most and does not depend on the look.
std::shared_ptr<const Snapshot> snapshotOf(std::shared_ptr<const StudyView>, const Look&, const Verdict&,
                                           bool readOnly);

} // namespace spacewright
