// Models that were trained elsewhere, as a space of the study.
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "core/study/model_row.h"
#include <cmath>

namespace spacewright {
namespace {

/// Adds models to the space within the caller's transaction.
void insert(Database& database, SpaceId space, const std::vector<TrainedModel>& models)
{
    Statement row(database, "INSERT INTO model (space, sample_index, network, flops, params, acts, state, error, "
                            "error_at_least, reason, seconds, images_per_second, finish_order) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement ofEpoch(database, "INSERT OR REPLACE INTO epoch (model, number, rate, training_loss, training_error, "
                                "validation_error, seconds) VALUES (?, ?, ?, ?, ?, ?, ?)");
    const auto finite = [](double value) { return std::isfinite(value) ? value : 0; };
    std::int64_t index = 0, order = database.integer("SELECT finish_order FROM study");
    for (const auto& [model, epochs] : models) {
        const Complexity& cost = model.sample.complexity;
        row.bind(std::int64_t(space), index++, toJson(model.sample), cost.flops, cost.params, cost.activations,
                 toText(model.state), model.error, model.errorAtLeast, model.reason, finite(model.seconds),
                 finite(model.imagesPerSecond), ++order)
            .run();
        const std::int64_t id = database.lastId();
        for (const Epoch& epoch : epochs)
            ofEpoch
                .bind(id, epoch.number, epoch.rate, epoch.trainingLoss, epoch.trainingError, epoch.validationError,
                      epoch.seconds)
                .run();
    }
    Statement(database, "UPDATE study SET finish_order = ?").bind(order).run();
}

} // namespace

void check(const TrainedModel& trained)
{
    const Model& model = trained.model;
    const auto isPercent = [](const std::optional<double>& error) { return error && *error >= 0 && *error <= 100; };
    const bool hasError = model.state == ModelState::finished || model.state == ModelState::diverged;
    const bool isStopped = model.state == ModelState::stopped;
    if (!hasError && !isStopped && model.state != ModelState::failed)
        throw Error("It is " + toText(model.state) + ", so that it has no result.");
    if (hasError ? !isPercent(model.error) : model.error.has_value())
        throw Error(hasError ? "Its error is no percentage between 0 and 100."
                             : "It is " + toText(model.state) + ", but has an error.");
    if (isStopped != isPercent(model.errorAtLeast))
        throw Error("Stopped models, and no others, have a least error between 0 and 100 percent.");
}

SpaceId Study::importSpace(const StudySpace& imported, const std::vector<TrainedModel>& models)
{
    for (const TrainedModel& model : models)
        check(model);
    Transaction transaction(*m_database);
    const SpaceId id = insertSpace(*m_database, imported);
    insert(*m_database, id, models);
    Statement(*m_database, "UPDATE space SET next_index = ? WHERE id = ?")
        .bind(static_cast<std::int64_t>(models.size()), std::int64_t(id))
        .run();
    transaction.commit();
    return id;
}

} // namespace spacewright
