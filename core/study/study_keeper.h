// Looks after a study while this process trains its models.
#pragma once
#include "core/study/backup.h"
#include "core/study/study.h"
#include <condition_variable>
#include <mutex>
#include <thread>

namespace spacewright {

/// On a thread of its own, with a connection of its own, which it opens anew where that fails: tells others that this
/// process lives, takes back what processes left that live no more, and makes a backup now and then
/// where no other process has. What goes wrong is tried again at the next turn, and said by those who train; only of a
/// backup that could not be made the keeper warns.
class StudyKeeper {
public:
    struct Pace {
        std::chrono::milliseconds turn = std::chrono::seconds(15), backup = std::chrono::hours(1);
    };
    using Warn = RegularBackups::Warn; ///< called on the keeper's thread
    StudyKeeper(std::filesystem::path, Warn, const Pace&);
    StudyKeeper(std::filesystem::path study, Warn warn) : StudyKeeper(std::move(study), std::move(warn), Pace{}) {}

private:
    void keep(std::stop_token);
    void lookAfter();

    const std::filesystem::path m_path;
    const Warn m_warn;
    const Pace m_pace;
    std::optional<Study> m_study; ///< of the thread
    std::mutex m_mutex;
    std::condition_variable_any m_never; ///< wakes when it is to stop
    std::jthread m_thread;               ///< last: it uses all above
};

} // namespace spacewright
