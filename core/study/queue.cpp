// The study as a queue: models are claimed, trained, recorded, and wait again when their process died.
#include "core/error.h"
#include "core/study/model_row.h"
#include "core/study/owner.h"
#include "core/study/study.h"
#include <cmath>

namespace spacewright {
namespace {

/// Throws Error that says why `what` is impossible when the statement just run found no such model.
void requireChanged(Database& database, ModelId id, const std::string& what)
{
    if (database.changes() > 0)
        return;
    const auto number = std::to_string(std::int64_t(id));
    Statement row(database, "SELECT state, owner FROM model WHERE id = ?");
    if (!row.bind(std::int64_t(id)).step())
        throw Error("Model " + number + " cannot be " + what + ": the study holds no such model.");
    throw Error("Model " + number + " cannot be " + what + ": it is " + row.text(0) +
                (row.isNull(1) ? "" : ", trained by the process " + row.text(1)) + ". It was left as it is.");
}

} // namespace

std::optional<Model> Study::claimNext()
{
    std::optional<Model> claimed;
    Transaction transaction(*m_database);
    {
        Statement claim(*m_database, std::string("UPDATE model SET state = 'running', owner = ? WHERE id = ("
                                                 "SELECT id FROM model WHERE state = 'waiting' "
                                                 "AND space NOT IN (SELECT space FROM set_aside) "
                                                 "AND id NOT IN (SELECT model FROM set_aside_model) "
                                                 "ORDER BY sample_index, space LIMIT 1) RETURNING ") +
                                         modelColumns);
        if (claim.bind(thisOwner()).step())
            claimed = modelFrom(claim);
    }
    transaction.commit();
    return claimed;
}

int Study::releaseAbandoned()
{
    Transaction transaction(*m_database);
    Statement owners(*m_database, "SELECT DISTINCT owner FROM model WHERE state = 'running'");
    std::vector<std::string> abandoned;
    while (owners.step())
        if (isAbandoned(owners.text(0)))
            abandoned.push_back(owners.text(0));

    Statement release(*m_database, "UPDATE model SET state = 'waiting', owner = NULL "
                                   "WHERE state = 'running' AND owner = ?");
    std::int64_t released = 0;
    for (const auto& owner : abandoned) {
        release.bind(owner).run();
        released += m_database->changes();
    }
    transaction.commit();
    return static_cast<int>(released);
}

void Study::release(ModelId id)
{
    Transaction transaction(*m_database);
    Statement(*m_database, "UPDATE model SET state = 'waiting', owner = NULL "
                           "WHERE id = ? AND state = 'running' AND owner = ?")
        .bind(std::int64_t(id), thisOwner())
        .run();
    requireChanged(*m_database, id, "released");
    transaction.commit();
}

void Study::retry(ModelId id)
{
    Transaction transaction(*m_database);
    Statement(*m_database, "UPDATE model SET state = 'waiting', error = NULL, reason = '', seconds = 0, "
                           "images_per_second = 0, finish_order = 0 "
                           "WHERE id = ? AND state IN ('failed', 'diverged')")
        .bind(std::int64_t(id))
        .run();
    requireChanged(*m_database, id, "tried again");
    for (const char* table : {"epoch", "test"})
        Statement(*m_database, std::string("DELETE FROM ") + table + " WHERE model = ?").bind(std::int64_t(id)).run();
    // Before the commit: a crash in between must not leave a model that goes on from the weights that failed.
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
    Statement(*m_database, "INSERT OR REPLACE INTO epoch (model, number, rate, training_loss, training_error, "
                           "validation_error, seconds) SELECT id, ?, ?, ?, ?, ?, ? FROM model "
                           "WHERE id = ? AND state = 'running' AND owner = ?")
        .bind(epoch.number, epoch.rate, epoch.trainingLoss, epoch.trainingError, epoch.validationError, epoch.seconds,
              std::int64_t(id), thisOwner())
        .run();
    requireChanged(*m_database, id, "given an epoch");
    transaction.commit();
}

void Study::finish(ModelId id, ModelState state, std::optional<double> error, const std::string& reason, double seconds,
                   double imagesPerSecond)
{
    const bool hasResult = state == ModelState::finished || state == ModelState::diverged;
    if (!hasResult && state != ModelState::failed)
        throw Error("A model cannot end as " + toText(state) + ".");
    if (hasResult != error.has_value() || (error && !(*error >= 0 && *error <= 100)))
        throw Error("A finished or diverged model has an error between 0 and 100 percent, a failed one has none.");

    // A speed that could not be measured must not cost the result.
    const auto finite = [](double value) { return std::isfinite(value) ? value : 0; };
    Transaction transaction(*m_database);
    m_database->execute("UPDATE study SET finish_order = finish_order + 1");
    Statement(*m_database, "UPDATE model SET state = ?, owner = NULL, error = ?, reason = ?, seconds = ?, "
                           "images_per_second = ?, finish_order = (SELECT finish_order FROM study) "
                           "WHERE id = ? AND state = 'running' AND owner = ?")
        .bind(toText(state), error, reason, finite(seconds), finite(imagesPerSecond), std::int64_t(id), thisOwner())
        .run();
    requireChanged(*m_database, id, "given a result");
    transaction.commit();
}

} // namespace spacewright
