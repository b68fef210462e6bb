// One thread that runs tasks in order: all reading and writing of studies, statistics and sampling happen on it.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace spacewright {

class Background {
public:
    using Task = std::function<void(std::stop_token)>;
    /// `onError` gets the text of whatever a task throws, on the background thread.
    /// With `nice` above 0 the thread lets others go first (core/low_priority.h).
    explicit Background(std::function<void(const std::string&)> onError, int nice = 0);
    /// Asks the running task to stop, runs what is still queued and joins.
    ~Background() { requestStop(); }

    void post(Task);
    /// Tells the running task and all later ones to be brief; they still run.
    void requestStop() { m_brief.request_stop(); }

private:
    void run(std::stop_token, int nice);
    std::function<void(const std::string&)> m_onError;
    std::mutex m_mutex; ///< guards m_tasks
    std::condition_variable_any m_wake;
    std::deque<Task> m_tasks;
    std::stop_source m_brief;
    std::jthread m_thread;
};

} // namespace spacewright
