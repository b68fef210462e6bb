// Looks after a study while this process trains its models.
#pragma once
#include "core/study/study.h"
#include <condition_variable>
#include <mutex>
#include <thread>

namespace spacewright {

/// On a thread of its own, with a connection of its own, which it opens anew where that fails: tells others that this
/// process lives, and takes back what processes left that live no more. What goes wrong is tried again at the next
/// turn, and said by those who train.
class StudyKeeper {
public:
    explicit StudyKeeper(std::filesystem::path, std::chrono::milliseconds turn = std::chrono::seconds(15));

private:
    void keep(std::stop_token);
    void lookAfter();

    const std::filesystem::path m_path;
    const std::chrono::milliseconds m_turn;
    std::optional<Study> m_study; ///< of the thread
    std::mutex m_mutex;
    std::condition_variable_any m_never; ///< wakes when it is to stop
    std::jthread m_thread;               ///< last: it uses all above
};

} // namespace spacewright
