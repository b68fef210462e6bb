// An attempt: one run of one element. It writes into a folder of its own and nowhere else, so that a copy of it that
// everybody thinks dead does no harm.
//
//   attempts/TOKEN/journal.jsonl           begin, results, problems, end
//   attempts/TOKEN/weights.bin             the weights of its finished models, one after the other
//   attempts/TOKEN/checkpoint-ID.safetensors, epochs-ID.jsonl   of the models that it trains just now (begun.h)
//   attempts/TOKEN/alive                   a number that grows
//   attempts/TOKEN/gone                    written by whoever knows that it no longer runs
#pragma once
#include "core/cluster/begun.h"
#include "core/cluster/bundle.h"
#include "core/cluster/journal.h"
#include "core/cluster/result_line.h"
#include <functional>
#include <set>

namespace spacewright {

/// Which element of which job runs for which time; for SLURM from its environment.
struct ElementName {
    std::string job = "0"; ///< letters and digits
    int element = 0;
    int restart = 0;

    /// "JOB-ELEMENT-RESTART"
    std::string token() const;
    /// None for other texts. What follows a dot is ignored: it tells attempts of one name apart.
    static std::optional<ElementName> fromToken(const std::string&);
};

class Attempt {
public:
    /// Makes the folder. Where there is one of that name (SLURM has given a job's number again, or runs an element
    /// twice), the token gets a number behind a dot.
    Attempt(const Bundle&, const ElementName&);

    const std::string& token() const { return m_token; }
    const ElementName& name() const { return m_name; }

    void beat(); ///< says that it lives
    /// Result, then weights and journal safe on the disk. Throws Error where there is no room; may be tried again.
    void record(int shard, const TrainedModel&, const std::optional<std::string>& weights);
    void keepCheckpoint(ModelId, std::string_view bytes, const std::vector<Epoch>& epochs);
    void dropCheckpoint(ModelId);
    void report(const std::string& problem); ///< a sentence for `cluster status`
    /// The last call: the folder moves to results/.
    void end();

private:
    std::filesystem::path m_folder, m_results;
    ElementName m_name;
    std::string m_token;
    std::optional<AppendedFile> m_journal, m_weights;
};

/// Tokens of those that run or died, and of those that have ended.
std::vector<std::string> openAttempts(const Bundle&), endedAttempts(const Bundle&);
/// Calls `take` for each line of all attempts' journals.
void readJournals(
    const Bundle&,
    const std::function<void(const std::string& token, const std::string& kind, const nlohmann::json&)>& take);

/// The folder of an attempt, running or ended; empty where there is none.
std::filesystem::path attemptFolder(const Bundle&, const std::string& token);
/// Of these models: those that these attempts have results of, and how far others are, by them or in the study that
/// they came from.
struct EarlierWork {
    std::set<ModelId> done;
    std::map<ModelId, Begun> begun;
};
EarlierWork earlierWork(const Bundle&, const std::vector<std::string>& tokens, const std::vector<TrainedModel>& models);

} // namespace spacewright
