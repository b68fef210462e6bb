// A study as a value, taken from a file and made into one.
#include "core/exchange/network_json.h"
#include "core/study/model_row.h"
#include <algorithm>
#include <set>

namespace spacewright {
namespace {

void insertModel(Database& database, const Model& model)
{
    const Complexity& cost = model.sample.complexity;
    const bool ran = model.state == ModelState::running;
    Statement(database, "INSERT INTO model (id, space, sample_index, network, flops, params, acts, state, error, "
                        "error_at_least, reason, seconds, images_per_second, finish_order, is_next, space_priority) "
                        "SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, priority FROM space WHERE id = ?")
        .bind(std::int64_t(model.id), model.sample.index, toJson(model.sample), cost.flops, cost.params,
              cost.activations, toText(ran ? ModelState::waiting : model.state), model.error, model.errorAtLeast,
              model.reason, model.seconds, model.imagesPerSecond, model.finishOrder, int{model.isNext},
              std::int64_t(model.space))
        .run();
}

} // namespace

void putEpoch(Database& database, ModelId model, const Epoch& epoch)
{
    Statement(database, "INSERT OR REPLACE INTO epoch (model, number, rate, training_loss, training_error, validation_error, "
                        "seconds) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(std::int64_t(model), epoch.number, epoch.rate, epoch.trainingLoss, epoch.trainingError,
              epoch.validationError, epoch.seconds)
        .run();
}

void insertContent(Database& database, const StudyContent& content)
{
    Statement aside(database, "INSERT INTO set_aside_space VALUES (?)");
    std::set<SpaceId> asides; // with a space all that was narrowed from it is
    for (const StudySpace& space : content.spaces) {
        insertSpace(database, space, space.id);
        if (space.setAside)
            asides.insert(space.id);
        if (space.setAside && !(space.parent && asides.contains(*space.parent)))
            aside.bind(std::int64_t(space.id)).run();
    }
    Statement modelAside(database, "INSERT INTO set_aside_model VALUES (?)");
    std::int64_t order = 0;
    for (const TrainedModel& trained : content.models) {
        insertModel(database, trained.model);
        order = std::max(order, trained.model.finishOrder);
        for (const Epoch& epoch : trained.epochs)
            putEpoch(database, trained.model.id, epoch);
        if (trained.model.setAside)
            modelAside.bind(std::int64_t(trained.model.id)).run();
    }
    Statement reuse(database, "INSERT INTO reused (space, model) VALUES (?, ?)");
    for (const auto& [space, models] : content.reused)
        for (const ModelId model : models)
            reuse.bind(std::int64_t(space), std::int64_t(model)).run();
    Statement test(database, "INSERT INTO test (model, data, wrong, images) VALUES (?, ?, ?, ?)");
    for (const TestResult& one : content.tests)
        test.bind(std::int64_t(one.model), one.data, one.wrong, one.images).run();
    Statement(database, "UPDATE study SET finish_order = ?").bind(order).run();
}

StudyContent Study::content() const
{
    StudyContent content{.recipe = recipe(), .spaces = spaces(), .reused = reused(), .models = {}, .tests = tests()};
    const std::vector<StudySpace>& all = content.spaces;
    for (Model& model : models()) {
        // Of a branch that was set aside the space says so; what is left are single models.
        const auto ofModel = std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.id == model.space; });
        model.setAside = model.setAside && !ofModel->setAside;
        const ModelId id = model.id;
        content.models.push_back({std::move(model), epochs(id)});
    }
    return content;
}

} // namespace spacewright
