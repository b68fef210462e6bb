// A bundle: the folder on a shared file system from which a cluster's elements train models of a study.
//
//   bundle.json             what it is: read by everyone, written once
//   shards/N.zip            the models, in parts that one element takes at a time; each is a capsule
//   begun/                  how far they were in the study (begun.h)
//   job.sbatch              what SLURM runs
//   submissions.jsonl       the jobs that were started from it
//   claims/                 which attempt has taken which shard (claims.h)
//   attempts/TOKEN/         what an attempt has written so far (attempt.h); once it has ended, results/TOKEN/
//   logs/                   what the elements printed
//   cancelled               once it is there, elements end and take no shard
#pragma once
#include "core/study/study.h"
#include <filesystem>
#include <string>
#include <vector>

namespace spacewright {

struct BundlePlan {
    std::filesystem::path study;
    std::filesystem::path program; ///< that the elements run, as the cluster sees it
    std::string data;              ///< images as the cluster sees them; empty: as the study's recipe says
    int tasks = 1;                 ///< elements
    int cpus = 1;                  ///< of an element; so many networks train in it at once
    bool gpus = false;             ///< train on the element's GPUs
    double leaseSeconds = 300;     ///< an attempt that was silent for so long is taken for dead
};

class Bundle {
public:
    /// Writes a new folder with these models of the study, dealt to about four shards an element. Throws Error, and
    /// leaves nothing behind, when the folder exists or cannot be written.
    static Bundle create(const std::filesystem::path&, const BundlePlan&, StudyContent);
    /// Throws Error when there is none, or a newer program made it.
    explicit Bundle(const std::filesystem::path&);

    const std::filesystem::path& path() const { return m_path; }
    const std::string& name() const { return m_name; } ///< of its jobs: tells them from everybody else's
    const BundlePlan& plan() const { return m_plan; }
    int shards() const { return m_shards; }
    std::int64_t models() const { return m_models; }
    std::filesystem::path begun() const { return m_path / "begun"; }
    std::string borrower() const { return borrowerPrefix + m_path.string(); } ///< whom the study lent the models to

    StudyContent shard(int) const;
    bool isCancelled() const;
    void setCancelled(bool) const;

    struct Submission {
        std::string job;  ///< SLURM's id of the array
        std::string host; ///< over ssh; empty: SLURM's commands run here
    };
    void add(const Submission&) const;
    std::vector<Submission> submissions() const;

private:
    Bundle() = default;
    std::filesystem::path m_path;
    std::string m_name;
    BundlePlan m_plan;
    int m_shards = 0;
    std::int64_t m_models = 0;
};

/// The bundles whose models the study waits for, in order of their paths.
std::vector<std::filesystem::path> bundlesOf(const Study&);

} // namespace spacewright
