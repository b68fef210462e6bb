// How long a run will still take: the open work of a study, and how far the workers are with it.
#pragma once
#include "core/schedule/open_work.h"
#include "gpu/engine.h"
#include <chrono>
#include <limits>
#include <map>
#include <set>

namespace spacewright {

/// A value: copied, it can be asked on another thread.
class RunForecast {
public:
    /// What was open in the study a moment ago. Models of which an event spoke before are still counted once.
    void setOpen(std::shared_ptr<const OpenWork>);
    void take(const Event&);
    void forgetTrainings() { m_trainings.clear(); }
    /// By the results of the study, and before there is one by the trainings under way, as if they went on at the same
    /// speed; none before anything is known. `most`: of what waits, this run trains no more than that. `share`: of the
    /// time that a worker computes. Takes milliseconds.
    std::optional<TimeLeft> timeLeft(std::int64_t most = std::numeric_limits<std::int64_t>::max(),
                                     double share = 1) const;

private:
    using Clock = std::chrono::steady_clock;
    struct Training {
        ModelId id{};
        Clock::time_point started, now;
        std::optional<double> firstShare; ///< that an earlier run had done
        double share = 0;
    };
    std::optional<CostModel> costs() const;

    std::shared_ptr<const OpenWork> m_open = std::make_shared<OpenWork>();
    std::map<ModelId, TrainingWork> m_works; ///< of the trainings under way
    std::map<int, Training> m_trainings;     ///< by worker
    std::set<ModelId> m_begun;               ///< since the study was read
};

} // namespace spacewright
