// How far a bundle is, by its files and by SLURM's queue.
#pragma once
#include "core/cluster/bundle.h"
#include "core/cluster/slurm.h"

namespace spacewright {

struct BundleState {
    std::int64_t models = 0, results = 0; ///< of the bundle; results that are in its journals
    std::int64_t open = 0;                ///< that the study waits for
    int shards = 0, shardsDone = 0, shardsTaken = 0;
    int attemptsOpen = 0, attemptsEnded = 0; ///< an open one trains, or died
    bool cancelled = false, submitted = false;
    std::vector<std::string> problems; ///< of the latest job: what elements reported, why some never began
    QueueState queue;                  ///< empty where nothing was submitted to SLURM
    /// Models are left that nobody trains any more.
    bool needsResume() const { return open > 0 && results < models && submitted && queue.isEmpty(); }
    /// Nobody was asked to train it: SLURM did not take it, or another scheduler is still to be told.
    bool neverBegan() const { return open > 0 && !submitted && !cancelled && attemptsOpen + attemptsEnded == 0; }
};
BundleState stateOf(const Study&, const Bundle&, const RunCommand&);

/// The models that the study waits for.
std::vector<ModelId> openModels(const Study&, const std::string& borrower);

} // namespace spacewright
