// The study as a queue: models are claimed, trained, recorded, and wait again when their process died.
#include "core/error.h"
#include "core/study/model_row.h"
#include "core/study/owner.h"
#include "core/study/study.h"
#include <cmath>

namespace spacewright {
namespace {

/// The model that is trained by this process and, where the connection knows it, by this claim.
constexpr const char* isOurs = " WHERE id = ? AND state = 'running' AND owner = ? AND claims = coalesce(?, claims)";

/// Throws LostClaim (of a training) or Error that says why `what` is impossible when the statement just run found no
/// such model.
template <class Problem>
void requireChanged(Database& database, ModelId id, const std::string& what)
{
    if (database.changes() > 0)
        return;
    const auto number = std::to_string(std::int64_t(id));
    Statement row(database, "SELECT state, owner FROM model WHERE id = ?");
    if (!row.bind(std::int64_t(id)).step())
        throw Error("Model " + number + " cannot be " + what + ": the study holds no such model.");
    throw Problem("Model " + number + " cannot be " + what + ": it is " + row.text(0) +
                  (row.isNull(1)                ? ""
                   : row.text(1) == thisOwner() ? ", claimed anew by this process"
                                                : ", trained by the process " + row.text(1)) +
                  ". It was left as it is.");
}

} // namespace

std::vector<ModelId> Study::waiting() const
{
    Statement rows(*m_database, std::string("SELECT id FROM model") + inQueue);
    std::vector<ModelId> ids;
    while (rows.step())
        ids.push_back(ModelId{rows.integer(0)});
    return ids;
}

std::optional<Model> Study::claimNext()
{
    return claimNext(1, [](const std::vector<Model>&) { return 0; });
}

std::optional<Model> Study::claimNext(std::int64_t look, const Choice& choice)
{
    Transaction transaction(*m_database);
    std::vector<Model> head;
    {
        Statement rows(*m_database, "SELECT " + modelColumns + " FROM model" + inQueue + " LIMIT ?");
        rows.bind(look);
        while (rows.step())
            head.push_back(modelFrom(rows));
    }
    const auto chosen = head.empty() ? std::nullopt : choice(head);
    if (!chosen)
        return std::nullopt;
    Model& claimed = head.at(*chosen);
    Statement claim(*m_database, "UPDATE model SET state = 'running', owner = ?, claims = claims + 1 WHERE id = ? "
                                 "RETURNING claims");
    claim.bind(thisOwner(), std::int64_t(claimed.id)).step();
    const std::int64_t number = claim.integer(0);
    claim.run();
    claimed.state = ModelState::running;
    transaction.commit();
    m_claims[claimed.id] = number;
    return std::move(claimed);
}

void Study::setNext(const std::vector<ModelId>& ids, bool isNext)
{
    Transaction transaction(*m_database);
    Statement set(*m_database, "UPDATE model SET is_next = ? WHERE id = ? AND state = 'waiting'");
    for (const ModelId id : ids)
        set.bind(int{isNext}, std::int64_t(id)).run();
    transaction.commit();
}

void Study::setPriority(SpaceId id, int priority)
{
    space(id);
    Transaction transaction(*m_database);
    for (const char* change :
         {"UPDATE space SET priority = ? WHERE id = ?", "UPDATE model SET space_priority = ? WHERE space = ?"})
        Statement(*m_database, change).bind(priority, std::int64_t(id)).run();
    transaction.commit();
}

void Study::release(ModelId id)
{
    Transaction transaction(*m_database);
    Statement(*m_database, std::string("UPDATE model SET state = 'waiting', owner = NULL") + isOurs)
        .bind(std::int64_t(id), thisOwner(), claimOf(id))
        .run();
    requireChanged<LostClaim>(*m_database, id, "released");
    transaction.commit();
    m_claims.erase(id);
}

/// None for a model that another connection of this process claimed.
std::optional<std::int64_t> Study::claimOf(ModelId id) const
{
    const auto claim = m_claims.find(id);
    return claim == m_claims.end() ? std::nullopt : std::optional(claim->second);
}

void Study::retry(ModelId id)
{
    Transaction transaction(*m_database);
    const Model before = model(id);
    if (const StudySpace owner = space(before.space); !owner.importedFrom.empty())
        throw Error("Model " + std::to_string(std::int64_t(id)) + " was trained elsewhere (it came from " +
                    owner.importedFrom + "), so that it cannot be tried again here.");
    Statement(*m_database, "UPDATE model SET state = 'waiting', error = NULL, error_at_least = NULL, reason = '', "
                           "seconds = 0, images_per_second = 0, finish_order = 0 "
                           "WHERE id = ? AND state IN ('failed', 'diverged', 'stopped')")
        .bind(std::int64_t(id))
        .run();
    requireChanged<Error>(*m_database, id, "tried again");
    if (before.state == ModelState::failed) // by want of memory, say, or a crash: what it had learned is sound
        return transaction.commit();
    for (const char* table : {"epoch", "test"})
        Statement(*m_database, std::string("DELETE FROM ") + table + " WHERE model = ?").bind(std::int64_t(id)).run();
    // Before the commit: a crash in between must not leave a model that goes on from weights that diverged.
    std::error_code problem;
    std::filesystem::remove(checkpointPath(id), problem);
    if (problem)
        throw Error(checkpointPath(id).string() + " cannot be removed (" + problem.message() +
                    "), so the model cannot start anew. It was left as it is. Make its folder writable.");
    transaction.commit();
}

void Study::recordEpoch(ModelId id, const Epoch& epoch)
{
    Transaction transaction(*m_database);
    Statement(*m_database,
              std::string("INSERT OR REPLACE INTO epoch (model, number, rate, training_loss, training_error, "
                          "validation_error, seconds) SELECT id, ?, ?, ?, ?, ?, ? FROM model") +
                  isOurs)
        .bind(epoch.number, epoch.rate, epoch.trainingLoss, epoch.trainingError, epoch.validationError, epoch.seconds,
              std::int64_t(id), thisOwner(), claimOf(id))
        .run();
    requireChanged<LostClaim>(*m_database, id, "given an epoch");
    transaction.commit();
}

void Study::finish(ModelId id, ModelState state, std::optional<double> error, const std::string& reason, double seconds,
                   double imagesPerSecond)
{
    const bool isStopped = state == ModelState::stopped;
    const bool hasResult = state == ModelState::finished || state == ModelState::diverged || isStopped;
    if (!hasResult && state != ModelState::failed)
        throw Error("A model cannot end as " + toText(state) + ".");
    if (hasResult != error.has_value() || (error && !(*error >= 0 && *error <= 100)))
        throw Error(
            "A finished, diverged or stopped model has an error between 0 and 100 percent, a failed one has none.");

    // A speed that could not be measured must not cost the result.
    const auto finite = [](double value) { return std::isfinite(value) ? value : 0; };
    Transaction transaction(*m_database);
    m_database->execute("UPDATE study SET finish_order = finish_order + 1");
    Statement(*m_database,
              std::string("UPDATE model SET state = ?, owner = NULL, error = ?, error_at_least = ?, reason = ?, "
                          "seconds = ?, images_per_second = ?, finish_order = (SELECT finish_order FROM study)") +
                  isOurs)
        .bind(toText(state), isStopped ? std::nullopt : error, isStopped ? error : std::nullopt, reason,
              finite(seconds), finite(imagesPerSecond), std::int64_t(id), thisOwner(), claimOf(id))
        .run();
    requireChanged<LostClaim>(*m_database, id, "given a result");
    transaction.commit();
    m_claims.erase(id);
}

} // namespace spacewright
