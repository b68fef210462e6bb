// Brings results from a bundle into the study: the one place that writes there, while the cluster trains and after.
#pragma once
#include "core/cluster/bundle.h"
#include "core/cluster/journal.h"
#include "core/cluster/result_line.h"
#include <unordered_map>
#include <unordered_set>

namespace spacewright {

struct CollectReport {
    std::int64_t taken = 0;             ///< results that are new in the study
    std::int64_t identical = 0;         ///< that came a second time with the same numbers, from another attempt
    std::int64_t late = 0;              ///< of models that were taken back, which have no result yet
    std::int64_t noWeights = 0;         ///< taken, but their weights are damaged
    std::int64_t damaged = 0;           ///< lines of journals that cannot be read
    std::int64_t open = 0;              ///< models that the study still waits for
    std::vector<std::string> differing; ///< a sentence for each result that contradicts the one that was kept
};

/// A collection that is asked again reads on where it was.
class Collection {
public:
    /// Both outlive it.
    Collection(Study&, const Bundle&);
    /// What has come since the last call; counts are of all calls. Throws Error where the study cannot be written,
    /// StorageError where that may pass; called again, it goes on.
    const CollectReport& collect();

private:
    struct Result {
        ResultLine line;
        std::string token;
    };
    void read(const std::filesystem::path& folder);
    void record();
    void takeAgain(const Result&, const TrainedModel& kept);
    bool saveWeights(const Result&) const;

    Study& m_study;
    const Bundle& m_bundle;
    std::unordered_map<std::string, JournalReader> m_journals; ///< by token
    std::unordered_set<std::int64_t> m_lent;
    std::unordered_map<std::int64_t, std::string> m_kept; ///< the token whose result was taken, by model
    std::vector<Result> m_batch;
    CollectReport m_report;
};

} // namespace spacewright
