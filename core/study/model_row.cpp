// A row of the table `model` as a value.
#include "core/study/model_row.h"
#include "core/error.h"
#include "core/exchange/network_json.h"

namespace spacewright {

std::string toText(ModelState state)
{
    switch (state) {
    case ModelState::waiting:
        return "waiting";
    case ModelState::running:
        return "running";
    case ModelState::finished:
        return "finished";
    case ModelState::diverged:
        return "diverged";
    case ModelState::failed:
        return "failed";
    case ModelState::stopped:
        return "stopped";
    }
    throw Error("This value is no state of a model.");
}

ModelState modelStateFrom(const std::string& text)
{
    for (const auto state : {ModelState::waiting, ModelState::running, ModelState::finished, ModelState::diverged,
                             ModelState::failed, ModelState::stopped})
        if (toText(state) == text)
            return state;
    throw Error("The study holds a model in the unknown state \"" + text + "\"; the file is damaged.");
}

Model modelFrom(const Statement& row)
{
    Model model;
    model.id = ModelId{row.integer(0)};
    model.space = SpaceId{row.integer(1)};
    try {
        model.sample = recordFrom(row.text(3));
    } catch (const Error& error) {
        throw Error("Model " + std::to_string(row.integer(0)) + " of the study cannot be read: " + error.what());
    }
    model.sample.index = row.integer(2);
    model.state = modelStateFrom(row.text(4));
    model.error = row.optionalReal(5);
    model.reason = row.text(6);
    model.seconds = row.real(7);
    model.imagesPerSecond = row.real(8);
    model.finishOrder = row.integer(9);
    model.errorAtLeast = row.optionalReal(10);
    model.isNext = row.integer(11) != 0;
    model.priority = static_cast<int>(row.integer(12));
    model.isLent = row.integer(13) != 0;
    return model;
}

} // namespace spacewright
