// The models of a study: added, drawn, read and counted.
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "core/study/model_row.h"
#include "core/study/study.h"
#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

namespace spacewright {
namespace {

std::vector<Network> networksOf(Database& database, SpaceId space)
{
    Statement rows(database, "SELECT network FROM model WHERE space = ? "
                             "UNION ALL SELECT network FROM reused JOIN model ON model.id = reused.model "
                             "WHERE reused.space = ?");
    rows.bind(std::int64_t(space), std::int64_t(space));
    std::vector<Network> networks;
    while (rows.step())
        networks.push_back(recordFrom(rows.text(0)).network);
    return networks;
}

std::int64_t modelCount(Database& database, SpaceId space)
{
    Statement row(database, "SELECT (SELECT count(*) FROM model WHERE space = ?) + "
                            "(SELECT count(*) FROM reused WHERE space = ?)");
    row.bind(std::int64_t(space), std::int64_t(space)).step();
    return row.integer(0);
}

std::set<std::int64_t> idsFrom(Database& database, const char* select)
{
    Statement rows(database, select);
    std::set<std::int64_t> ids;
    while (rows.step())
        ids.insert(rows.integer(0));
    return ids;
}

std::vector<Model> modelsFrom(Database& database, Statement& rows)
{
    const auto spaces = idsFrom(database, "SELECT space FROM set_aside");
    const auto single = idsFrom(database, "SELECT model FROM set_aside_model");
    std::vector<Model> models;
    while (rows.step()) {
        Model& model = models.emplace_back(modelFrom(rows));
        model.setAside = model.state == ModelState::waiting &&
                         (spaces.contains(std::int64_t(model.space)) || single.contains(std::int64_t(model.id)));
    }
    return models;
}

/// Of the table `model`: whether a waiting one is set aside.
constexpr const char* isSetAside = "(state = 'waiting' AND (model.space IN (SELECT space FROM set_aside) OR "
                                   "model.id IN (SELECT model FROM set_aside_model)))";
const std::string areLent = " WHERE state = 'running' AND " + isLent;

} // namespace

void Counts::add(const Model& model)
{
    ++of(model.state, model.setAside);
    lent += model.isLent;
}

std::int64_t& Counts::of(ModelState state, bool aside)
{
    if (aside)
        return setAside;
    switch (state) {
    case ModelState::waiting:
        return waiting;
    case ModelState::running:
        return running;
    case ModelState::finished:
        return finished;
    case ModelState::diverged:
        return diverged;
    case ModelState::failed:
        return failed;
    case ModelState::stopped:
        break;
    }
    return stopped;
}

std::vector<ModelId> insertModels(Database& database, SpaceId space, const std::vector<Sample>& samples,
                                  std::int64_t nextIndex)
{
    std::vector<ModelId> ids;
    Statement insert(database, "INSERT INTO model (space, sample_index, network, flops, params, acts, space_priority) "
                               "SELECT id, ?, ?, ?, ?, ?, priority FROM space WHERE id = ?");
    for (const auto& sample : samples) {
        insert
            .bind(sample.index, toJson(sample), sample.complexity.flops, sample.complexity.params,
                  sample.complexity.activations, std::int64_t(space))
            .run();
        ids.push_back(ModelId{database.lastId()});
    }
    Statement(database, "UPDATE space SET next_index = max(next_index, ?) WHERE id = ?")
        .bind(nextIndex, std::int64_t(space))
        .run();
    return ids;
}

void Study::addModels(SpaceId id, const std::vector<Sample>& samples, std::int64_t nextIndex)
{
    space(id);
    Transaction transaction(*m_database);
    insertModels(*m_database, id, samples, nextIndex);
    transaction.commit();
}

std::vector<ModelId> Study::growTo(SpaceId id, std::int64_t n, std::stop_token stop)
{
    for (;;) {
        const StudySpace before = space(id);
        if (!before.importedFrom.empty())
            throw Error("The models of " + before.space.name + " were imported from " + before.importedFrom +
                        ", so that no more can be drawn from it. Add a space of your own beside it.");
        const auto known = networksOf(*m_database, id);
        const auto missing = n - std::ssize(known);
        if (missing <= 0)
            return {};
        const Draw drawn = draw(before.space, before.seed, missing, before.nextIndex, known, stop);

        // Drawing takes a while and holds no lock; if another process has added models meanwhile, draw on from those.
        Transaction transaction(*m_database);
        if (space(id).nextIndex != before.nextIndex || modelCount(*m_database, id) != std::ssize(known))
            continue;
        const std::vector<ModelId> added = insertModels(*m_database, id, drawn.samples, drawn.nextIndex);
        transaction.commit();
        return added;
    }
}

void Study::setAside(const std::vector<ModelId>& models, bool aside)
{
    Transaction transaction(*m_database);
    Statement change(*m_database, aside ? "INSERT OR IGNORE INTO set_aside_model SELECT id FROM model WHERE id = ?"
                                        : "DELETE FROM set_aside_model WHERE model = ?");
    for (const ModelId id : models)
        change.bind(std::int64_t(id)).run();
    transaction.commit();
}

std::vector<Model> Study::models() const
{
    Statement rows(*m_database, "SELECT " + modelColumns + " FROM model ORDER BY id");
    return modelsFrom(*m_database, rows);
}

std::vector<Model> Study::modelsSince(std::int64_t finishOrder) const
{
    const std::string select = "SELECT " + modelColumns + " FROM model WHERE ";
    Statement done(*m_database, select + "finish_order > 0 AND finish_order > ? ORDER BY finish_order");
    Statement running(*m_database, select + "state = 'running' AND NOT " + isLent + " ORDER BY id");
    auto models = modelsFrom(*m_database, done.bind(finishOrder));
    std::ranges::move(modelsFrom(*m_database, running), std::back_inserter(models));
    return models;
}

std::vector<Model> Study::latestResults(int n) const
{
    Statement rows(*m_database, "SELECT " + modelColumns +
                                    " FROM model WHERE finish_order > 0 AND seconds > 0 "
                                    "AND space NOT IN (SELECT space FROM imported) ORDER BY finish_order DESC LIMIT ?");
    rows.bind(n);
    return modelsFrom(*m_database, rows);
}

std::vector<Model> Study::modelsAfter(ModelId id) const
{
    Statement rows(*m_database, "SELECT " + modelColumns + " FROM model WHERE id > ? ORDER BY id");
    rows.bind(std::int64_t(id));
    return modelsFrom(*m_database, rows);
}

Model Study::model(ModelId id) const
{
    Statement row(*m_database, "SELECT " + modelColumns + " FROM model WHERE id = ?");
    const auto found = modelsFrom(*m_database, row.bind(std::int64_t(id)));
    if (found.empty())
        throw Error("The study holds no model " + std::to_string(std::int64_t(id)) + ".");
    return found.front();
}

std::vector<Epoch> Study::epochs(ModelId id) const
{
    Statement rows(*m_database, "SELECT number, rate, training_loss, training_error, validation_error, seconds "
                                "FROM epoch WHERE model = ? ORDER BY number");
    rows.bind(std::int64_t(id));
    const auto number = [&](int column) {
        return rows.optionalReal(column).value_or(std::numeric_limits<double>::quiet_NaN());
    };
    std::vector<Epoch> epochs;
    while (rows.step())
        epochs.push_back({static_cast<int>(rows.integer(0)), number(1), number(2), number(3), number(4), number(5)});
    return epochs;
}

std::vector<EpochOutcome> Study::outcomesAfter(int epoch) const
{
    Statement rows(*m_database, "SELECT validation_error, error FROM epoch JOIN model ON model.id = epoch.model "
                                "WHERE number = ? AND state = 'finished' AND validation_error IS NOT NULL "
                                "AND space NOT IN (SELECT space FROM imported)");
    rows.bind(epoch);
    std::vector<EpochOutcome> outcomes;
    while (rows.step())
        outcomes.push_back({rows.real(0), rows.real(1)});
    return outcomes;
}

void Study::recordTest(const TestResult& result)
{
    if (result.images < 1 || result.wrong < 0 || result.wrong > result.images)
        throw Error("A test needs images, and no more wrong answers than there are.");
    Transaction transaction(*m_database);
    Statement(*m_database, "INSERT OR REPLACE INTO test (model, data, wrong, images) "
                           "SELECT id, ?, ?, ? FROM model WHERE id = ? AND state = 'finished'")
        .bind(result.data, result.wrong, result.images, std::int64_t(result.model))
        .run();
    if (m_database->changes() == 0)
        throw Error("Model " + std::to_string(std::int64_t(result.model)) +
                    " is not finished (any more), so its test was not recorded.");
    transaction.commit();
}

std::vector<TestResult> Study::tests() const
{
    Statement rows(*m_database, "SELECT model, data, wrong, images FROM test ORDER BY model, data");
    std::vector<TestResult> tests;
    while (rows.step())
        tests.push_back({ModelId{rows.integer(0)}, rows.text(1), rows.integer(2), rows.integer(3)});
    return tests;
}

std::map<SpaceId, std::vector<ModelId>> Study::reused() const
{
    Statement rows(*m_database, "SELECT space, model FROM reused ORDER BY space, model");
    std::map<SpaceId, std::vector<ModelId>> reused;
    while (rows.step())
        reused[SpaceId{rows.integer(0)}].push_back(ModelId{rows.integer(1)});
    return reused;
}

std::map<SpaceId, Counts> Study::counts() const
{
    Statement rows(*m_database, std::string("SELECT space.id, state, count(state), ") + isSetAside +
                                    " AS aside FROM space LEFT JOIN model ON model.space = space.id "
                                    "GROUP BY space.id, state, aside");
    std::map<SpaceId, Counts> counts;
    while (rows.step()) {
        Counts& ofSpace = counts[SpaceId{rows.integer(0)}];
        if (!rows.isNull(1))
            ofSpace.of(modelStateFrom(rows.text(1)), rows.integer(3) != 0) = rows.integer(2);
    }
    Statement shared(*m_database, "SELECT reused.space, state, count(*) FROM reused "
                                  "JOIN model ON model.id = reused.model GROUP BY reused.space, state");
    while (shared.step()) {
        Counts& ofSpace = counts[SpaceId{shared.integer(0)}];
        ofSpace.of(modelStateFrom(shared.text(1))) += shared.integer(2);
        ofSpace.reused += shared.integer(2);
    }
    // By themselves, since the index that has all other counts does not know owners.
    Statement lent(*m_database, "SELECT space, count(*) FROM model" + areLent +
                                    " GROUP BY space UNION ALL SELECT reused.space, count(*) FROM model JOIN reused ON "
                                    "reused.model = model.id" +
                                    areLent + " GROUP BY reused.space");
    while (lent.step())
        counts[SpaceId{lent.integer(0)}].lent += lent.integer(1);
    return counts;
}

Counts Study::totals() const
{
    Statement rows(*m_database,
                   std::string("SELECT state, count(*), ") + isSetAside + " AS aside FROM model GROUP BY state, aside");
    Counts totals;
    while (rows.step())
        totals.of(modelStateFrom(rows.text(0)), rows.integer(2) != 0) = rows.integer(1);
    Statement lent(*m_database, "SELECT count(*) FROM model" + areLent);
    lent.step();
    totals.lent = lent.integer(0);
    return totals;
}

} // namespace spacewright
