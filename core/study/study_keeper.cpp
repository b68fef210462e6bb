// The keeper's turns.
#include "core/study/study_keeper.h"

namespace spacewright {

StudyKeeper::StudyKeeper(std::filesystem::path path, Warn warn, const Pace& pace)
    : m_path(std::move(path)), m_warn(std::move(warn)), m_pace(pace),
      m_thread([this](std::stop_token stop) { keep(std::move(stop)); })
{
}

void StudyKeeper::keep(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    RegularBackups backups(m_path, m_warn, m_pace.backup);
    do {
        lookAfter();
        if (m_study)
            backups.makeWhenDue();
        m_never.wait_for(lock, stop, m_pace.turn, [] { return false; });
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
