// What of the open study is trained on a cluster, as the cluster's thread follows it. Knows no Qt and no other thread.
#pragma once
#include "core/cluster/submission.h"
#include "core/study/backup.h"
#include <memory>

namespace spacewright {

/// A bundle that the study waits for.
struct ClusterJob {
    std::filesystem::path bundle;
    BundleState state;
    CollectReport collected;
    std::string problem; ///< why nothing could be read or collected; then the state is an earlier one
};
using ClusterJobs = std::vector<ClusterJob>;

class ClusterWatch {
public:
    explicit ClusterWatch(RegularBackups::Warn warn, std::chrono::milliseconds backup = std::chrono::hours(1))
        : m_warn(std::move(warn)), m_betweenBackups(backup)
    {
    }
    /// Of another study; nothing is read yet. An empty path: of none.
    void follow(const std::filesystem::path& study);
    /// Takes new results into the study, unless another process is to do that, asks SLURM when it was not asked for
    /// half a minute, and makes a backup now and then while the study waits for a cluster.
    ClusterJobs look(bool readOnly);
    // Each returns a sentence about what was done, or throws Error.
    std::string submit(const ClusterRequest&, const std::string& host);
    std::string cancel(const std::filesystem::path& bundle);
    std::string resume(const std::filesystem::path& bundle);

private:
    using Clock = std::chrono::steady_clock;
    struct Followed {
        Followed(Study& study, const std::filesystem::path& path) : bundle(path), collection(study, bundle) {}
        Bundle bundle;
        Collection collection;
        ClusterJob last;
        Clock::time_point nextQuestion{};
        std::chrono::seconds pause{4}; ///< to the question after it
    };
    Followed& followed(const std::filesystem::path&);
    Study& study();

    const RegularBackups::Warn m_warn;
    const std::chrono::milliseconds m_betweenBackups;
    std::filesystem::path m_path;
    std::optional<RegularBackups> m_backups;
    std::unique_ptr<Study> m_study; ///< a connection of its own
    std::map<std::filesystem::path, std::unique_ptr<Followed>> m_followed;
};

} // namespace spacewright
