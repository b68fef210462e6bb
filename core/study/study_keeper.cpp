// The keeper's turns.
#include "core/study/study_keeper.h"
#include "core/study/backup.h"

namespace spacewright {

StudyKeeper::StudyKeeper(std::filesystem::path path, Warn warn, const Pace& pace)
    : m_path(std::move(path)), m_warn(std::move(warn)), m_pace(pace),
      m_thread([this](std::stop_token stop) { keep(std::move(stop)); })
{
}

void StudyKeeper::keep(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_newest = newestBackup(m_path);
    do {
        lookAfter();
        backUpWhenDue();
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

void StudyKeeper::backUpWhenDue()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastBackup < m_pace.backup || !m_study)
        return;
    m_lastBackup = now; // whatever comes of it: a full disk is not to be tried again and again
    const auto before = std::exchange(m_newest, newestBackup(m_path));
    if (m_newest != before)
        return; // of somebody else, in the meantime: each process making one, those that stay would be of one hour
    try {
        m_newest = backUp(m_path);
    } catch (const Error& problem) {
        m_warn(std::string(problem.what()) + " Training goes on.");
    }
}

} // namespace spacewright
