// What the terminal program and the window ask for: submit, look, cancel, resume.
#pragma once
#include "core/cluster/bundle_state.h"
#include "core/cluster/collection.h"

namespace spacewright {

struct ClusterRequest {
    BundlePlan plan;
    std::filesystem::path bundle; ///< empty: freeBundleName
    std::int64_t models = 0;      ///< the last of the queue, so that work here goes on at its head; 0: all that wait
    SlurmRequest slurm;
    std::string scriptTemplate = defaultTemplate();
};

/// What a new bundle of the study is called where nobody says: "NAME.bundle", "NAME.bundle-2", ... beside it.
std::filesystem::path freeBundleName(const std::filesystem::path& study);

/// Lends the models and writes the bundle, for GPUs where the batch script asks SLURM for some; the study waits for the
/// models from then on. Throws Error with nothing changed.
Bundle prepareBundle(Study&, const ClusterRequest&);
/// One array of jobs with an element for each task, or fewer where fewer shards are left. The id.
std::string startJobs(const Bundle&, const RunCommand&, const std::string& host = {});
/// The command of one element, for a shell; for other schedulers its index stands where SLURM's environment would.
std::string elementCommand(const Bundle&);

/// Ends the jobs (told by id and name), waits until they have left, collects, and lets what is left wait in the study
/// again; what was begun goes on from its checkpoint. How many models that is.
std::int64_t cancelBundle(Study&, const Bundle&, const RunCommand&);
/// The last part of that, once no element runs.
std::int64_t takeBackOpen(Study&, const Bundle&);
/// Of a bundle whose folder is gone, and with it which jobs it had: its models wait again. How many. Throws Error when
/// the folder is there.
std::int64_t takeBackLost(Study&, const std::filesystem::path& bundle);
/// A new array for what is not done; also where the study is an older copy that does not know of the bundle. Throws
/// Error while jobs of the bundle are in the queue, when SLURM does not say, or when the study waits for none of its
/// models.
std::string resumeBundle(Study&, const Bundle&, const RunCommand&, const std::string& host = {});

} // namespace spacewright
