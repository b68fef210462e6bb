// Trains one shard: a study of its own on this machine, whose results and checkpoints go to the attempt's folder.
#pragma once
#include "gpu/element.h"
#include <chrono>
#include <deque>
#include <mutex>

namespace spacewright {

class ShardTraining {
public:
    ShardTraining(const ElementOptions&, const Bundle&, Attempt&, int shard, const StudyContent&,
                  const std::map<ModelId, Begun>&);
    /// True when all models have results that are safe on the shared file system; false when it was stopped, or a
    /// problem ended it.
    bool run(Training&);
    const std::string& problem() const { return m_problem; }

private:
    using Clock = std::chrono::steady_clock;
    void take(const Event&); ///< on the workers' threads
    void ready(int worker);
    bool wantsToStop();
    void keepUp();
    void recordNext();
    void keepCheckpoints();
    void tryToWrite(const std::function<void()>&);

    const ElementOptions& m_options;
    const Bundle& m_bundle;
    Attempt& m_attempt;
    const int m_shard;
    std::size_t m_models;
    Study m_study;
    std::deque<ModelId> m_unwritten; ///< results that are in the study only
    std::size_t m_written = 0;
    std::map<ModelId, std::filesystem::file_time_type> m_kept; ///< checkpoints on the shared file system
    Clock::time_point m_nextBeat, m_nextTry;
    bool m_complained = false;

    std::mutex m_mutex;             ///< guards all below
    std::map<int, ModelId> m_ended; ///< by worker
    std::deque<ModelId> m_ready;
    std::string m_problem;
    bool m_over = false;
};

} // namespace spacewright
