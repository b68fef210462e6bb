// What the terminal program and the window ask for: submit, look, cancel, resume.
#pragma once
#include "core/cluster/collection.h"
#include "core/cluster/slurm.h"

namespace spacewright {

struct ClusterRequest {
    BundlePlan plan;
    std::filesystem::path bundle; ///< empty: "NAME.bundle", "NAME.bundle-2", ... beside the study
    std::int64_t models = 0;      ///< the last of the queue, so that work here goes on at its head; 0: all that wait
    SlurmRequest slurm;
    std::string scriptTemplate = defaultTemplate();
};

/// Lends the models and writes the bundle; the study waits for them from then on. Throws Error with nothing changed.
Bundle prepareBundle(Study&, const ClusterRequest&);
/// One array of jobs with an element for each task, or fewer where fewer shards are left. The id.
std::string startJobs(const Bundle&, const RunCommand&, const std::string& host = {});
/// The command of one element, for a shell; for other schedulers its index stands where SLURM's environment would.
std::string elementCommand(const Bundle&);

struct BundleState {
    std::int64_t models = 0, results = 0; ///< of the bundle; results that are in its journals
    std::int64_t open = 0;                ///< that the study waits for
    int shards = 0, shardsDone = 0, shardsTaken = 0;
    int attemptsOpen = 0, attemptsEnded = 0; ///< an open one trains, or died
    bool cancelled = false, submitted = false;
    std::vector<std::string> problems; ///< that elements reported, each sentence once
    QueueState queue;                  ///< empty where nothing was submitted to SLURM
    /// Models are left that nobody trains any more.
    bool needsResume() const { return open > 0 && results < models && submitted && queue.isEmpty(); }
    /// Nobody was asked to train it: SLURM did not take it, or another scheduler is still to be told.
    bool neverBegan() const { return open > 0 && !submitted && !cancelled && attemptsOpen + attemptsEnded == 0; }
};
BundleState stateOf(const Study&, const Bundle&, const RunCommand&);

/// Ends the jobs (told by id and name), waits until they have left, collects, and lets what is left wait in the study
/// again; what was begun goes on from its checkpoint. How many models that is.
std::int64_t cancelBundle(Study&, const Bundle&, const RunCommand&);
/// The last part of that, once no element runs.
std::int64_t takeBackOpen(Study&, const Bundle&);
/// Of a bundle whose folder is gone, and with it which jobs it had: its models wait again. How many. Throws Error when
/// the folder is there.
std::int64_t takeBackLost(Study&, const std::filesystem::path& bundle);
/// A new array for what is not done; also where the study is an older copy that does not know of the bundle. Throws
/// Error while jobs of the bundle are in the queue, or when SLURM does not
/// say.
std::string resumeBundle(Study&, const Bundle&, const RunCommand&, const std::string& host = {});

} // namespace spacewright
