// Models whose process died, here or on another machine, and the signs of life that show it.
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "core/study/study.h"
#include <algorithm>

namespace spacewright {
namespace {

/// Owners of models that run, with their beats.
std::map<std::string, std::int64_t> owners(Database& database)
{
    Statement rows(database, "SELECT DISTINCT owner, coalesce(beats, 0) FROM model LEFT JOIN lease USING (owner) "
                             "WHERE state = 'running'");
    std::map<std::string, std::int64_t> beats;
    while (rows.step())
        beats[rows.text(0)] = rows.integer(1);
    return beats;
}

/// What was lent to a cluster is taken back by hand: nothing beats there.
bool isLent(const std::string& owner)
{
    return owner.starts_with(borrowerPrefix);
}

} // namespace

int Study::releaseAbandoned(LeaseWatch::Clock::time_point now)
{
    const std::map<std::string, std::int64_t> all = owners(*m_database);
    std::map<std::string, std::int64_t> elsewhere;
    std::vector<std::string> abandoned;
    for (const auto& [owner, beats] : all)
        if (isAbandoned(owner))
            abandoned.push_back(owner);
        else if (!isOfThisMachine(owner) && !isLent(owner))
            elsewhere[owner] = beats;
    std::ranges::copy(m_watch.expired(elsewhere, now), std::back_inserter(abandoned));
    if (abandoned.empty())
        return 0; // the usual case writes nothing
    Transaction transaction(*m_database);
    // A process that beat once more in between lives.
    Statement release(*m_database, "UPDATE model SET state = 'waiting', owner = NULL WHERE state = 'running' "
                                   "AND owner = ? AND ? = coalesce((SELECT beats FROM lease "
                                   "WHERE lease.owner = model.owner), 0)");
    Statement end(*m_database, "DELETE FROM lease WHERE owner = ? AND owner NOT IN "
                               "(SELECT owner FROM model WHERE state = 'running')");
    std::int64_t released = 0;
    for (const std::string& owner : abandoned) {
        release.bind(owner, all.at(owner)).run();
        released += m_database->changes();
        end.bind(owner).run();
    }
    transaction.commit();
    return static_cast<int>(released);
}

void Study::beat()
{
    Statement(*m_database, "INSERT INTO lease VALUES (?, 1) ON CONFLICT (owner) DO UPDATE SET beats = beats + 1")
        .bind(thisOwner())
        .run();
}

void Study::endLease()
{
    Statement(*m_database, "DELETE FROM lease WHERE owner = ?").bind(thisOwner()).run();
}

} // namespace spacewright
