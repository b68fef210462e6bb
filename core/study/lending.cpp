// Models of a study that are trained elsewhere: lent, given results, taken back.
#include "core/error.h"
#include "core/study/model_row.h"
#include "core/study/study.h"
#include <cmath>

namespace spacewright {
namespace {

void requireBorrower(const std::string& borrower)
{
    if (!borrower.starts_with(borrowerPrefix))
        throw Error("Models are lent to \"" + std::string(borrowerPrefix) + "PLACE\", not to \"" + borrower + "\".");
}

/// In place of those that were there.
void putEpochs(Database& database, ModelId id, const std::vector<Epoch>& epochs)
{
    Statement(database, "DELETE FROM epoch WHERE model = ?").bind(std::int64_t(id)).run();
    for (const Epoch& epoch : epochs)
        putEpoch(database, id, epoch);
}

} // namespace

std::vector<ModelId> Study::lend(const std::vector<ModelId>& models, const std::string& borrower)
{
    requireBorrower(borrower);
    Transaction transaction(*m_database);
    Statement take(*m_database, "UPDATE model SET state = 'running', owner = ? WHERE id = ? AND state = 'waiting'");
    std::vector<ModelId> lent;
    for (const ModelId id : models) {
        take.bind(borrower, std::int64_t(id)).run();
        if (m_database->changes() > 0)
            lent.push_back(id);
    }
    transaction.commit();
    return lent;
}

std::map<std::string, std::vector<ModelId>> Study::lent() const
{
    Statement rows(*m_database, "SELECT owner, id FROM model WHERE state = 'running' AND " + isLent + " ORDER BY id");
    std::map<std::string, std::vector<ModelId>> lent;
    while (rows.step())
        lent[rows.text(0)].push_back(ModelId{rows.integer(1)});
    return lent;
}

std::vector<ModelId> Study::recordLent(const std::string& borrower, const std::vector<TrainedModel>& results)
{
    requireBorrower(borrower);
    const auto finite = [](double value) { return std::isfinite(value) ? value : 0; };
    Transaction transaction(*m_database);
    Statement finish(*m_database,
                     "UPDATE model SET state = ?, owner = NULL, error = ?, error_at_least = ?, reason = ?, "
                     "seconds = ?, images_per_second = ?, "
                     "finish_order = (SELECT finish_order FROM study) + 1 "
                     "WHERE id = ? AND state = 'running' AND owner = ?");
    std::vector<ModelId> taken;
    for (const TrainedModel& one : results) {
        check(one);
        const Model& model = one.model;
        finish
            .bind(toText(model.state), model.error, model.errorAtLeast, model.reason, finite(model.seconds),
                  finite(model.imagesPerSecond), std::int64_t(model.id), borrower)
            .run();
        if (m_database->changes() == 0)
            continue;
        m_database->execute("UPDATE study SET finish_order = finish_order + 1");
        putEpochs(*m_database, model.id, one.epochs);
        taken.push_back(model.id);
    }
    transaction.commit();
    return taken;
}

std::int64_t Study::takeBack(const std::vector<ModelId>& models, const std::string& borrower,
                             const std::map<ModelId, std::vector<Epoch>>& begun)
{
    requireBorrower(borrower);
    Transaction transaction(*m_database);
    Statement release(*m_database, "UPDATE model SET state = 'waiting', owner = NULL "
                                   "WHERE id = ? AND state = 'running' AND owner = ?");
    std::int64_t n = 0;
    for (const ModelId id : models) {
        release.bind(std::int64_t(id), borrower).run();
        if (m_database->changes() == 0)
            continue;
        ++n;
        if (const auto its = begun.find(id); its != begun.end())
            putEpochs(*m_database, id, its->second);
    }
    transaction.commit();
    return n;
}

} // namespace spacewright
