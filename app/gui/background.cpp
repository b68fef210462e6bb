// One thread that runs tasks in order.
#include "app/gui/background.h"

#include "core/error.h"
#include "core/low_priority.h"

#include <exception>

namespace spacewright {

Background::Background(std::function<void(const std::string&)> onError, int nice)
    : m_onError(std::move(onError)), m_thread([this, nice](std::stop_token stop) { run(stop, nice); })
{
}

void Background::post(Task task)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void Background::run(std::stop_token stop, int nice)
{
    if (nice > 0)
        lowerPriority(nice);
    for (;;) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        try {
            task(m_brief.get_token());
        } catch (const std::exception& error) {
            m_onError(sentenceOf(error));
        }
    }
}

} // namespace spacewright
