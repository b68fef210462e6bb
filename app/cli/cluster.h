// What the cluster commands share: which bundles of a study are meant, and how they are told of.
#pragma once
#include "app/cli/output.h"
#include "core/cluster/submission.h"
#include "core/study/backup.h"

namespace spacewright {

struct ClusterChoice {
    std::string study;
    std::string bundle; ///< empty: all that the study waits for
    std::string host;   ///< SLURM's commands run there; empty: where the bundle was submitted
};
void addChoice(CLI::App&, ClusterChoice&);
/// Throws Error when there is none.
std::vector<std::filesystem::path> chosenPaths(const Study&, const ClusterChoice&);
/// Those of them that can be read; of the others it is said why, and Error thrown where there is no other.
std::vector<Bundle> chosen(const Study&, const ClusterChoice&);
RunCommand slurmOf(const Bundle&, const ClusterChoice&);

/// What to do with a bundle that no scheduler was given; for SLURM on that host.
std::string howToBegin(const Bundle&, const std::string& host);
/// Sentences about what is not well with a bundle, or is still to be done; a line each.
std::string adviceOn(const Bundle&, const BundleState&, const std::string& host);
/// Collects; how many models are open then. None where the disk does not allow it now, which is said, once for the same
/// `problem`.
std::optional<std::int64_t> tryToCollect(Collection&, std::string& problem);
/// Of a study whose models are trained elsewhere; what goes wrong is said on standard error.
RegularBackups regularBackups(const Study&);
/// "Results taken: 12, models still on the cluster: 3", with what else is to be said.
std::string wordsOf(const CollectReport&);
Json jsonOf(const CollectReport&);

void addClusterSubmit(CLI::App&);
void addClusterStatus(CLI::App&);
void addClusterCollect(CLI::App&);
void addClusterCancel(CLI::App&);
void addClusterResume(CLI::App&);
void addClusterWork(CLI::App&);

} // namespace spacewright
