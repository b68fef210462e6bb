// The keeper's turns.
#include "core/study/study_keeper.h"

namespace spacewright {

StudyKeeper::StudyKeeper(std::filesystem::path path, std::chrono::milliseconds turn)
    : m_path(std::move(path)), m_turn(turn), m_thread([this](std::stop_token stop) { keep(std::move(stop)); })
{
}

void StudyKeeper::keep(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    do {
        lookAfter();
        m_never.wait_for(lock, stop, m_turn, [] { return false; });
    } while (!stop.stop_requested());
    try {
        if (m_study && m_study->isInPlace())
            m_study->endLease();
    } catch (const Error&) { // whoever releases models of dead processes ends their leases
    }
    m_study.reset();
}

void StudyKeeper::lookAfter()
{
    try {
        if (!m_study || !m_study->isInPlace())
            m_study.emplace(m_path, Study::Access::readWrite);
        m_study->beat();
        m_study->releaseAbandoned();
    } catch (const Error&) {
        m_study.reset();
    }
}

} // namespace spacewright
