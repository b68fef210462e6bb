// A model's result as a line of a journal.
#include "core/cluster/result_line.h"
#include "core/exchange/json_fields.h"
#include "core/study/model_row.h"
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace spacewright {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array series{&Epoch::rate, &Epoch::trainingLoss, &Epoch::trainingError, &Epoch::validationError,
                            &Epoch::seconds};

ordered_json orNull(const std::optional<double>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

std::optional<double> numberOrNone(const json& j, const char* name)
{
    return j.contains(name) && j[name].is_number() ? std::optional(j[name].get<double>()) : std::nullopt;
}

/// `what` names it in the Error.
template <class Whole>
Whole wholeNumber(const json& value, const char* what)
{
    if (!value.is_number_integer() || !std::in_range<Whole>(value.get<std::int64_t>()))
        throw Error(std::string(what) + " must be a whole number.");
    return static_cast<Whole>(value.get<std::int64_t>());
}

/// JSON has no NaN: an unknown number is null.
bool areSame(double a, double b)
{
    return a == b || (a != a && b != b);
}

} // namespace

ordered_json toJson(const std::vector<Epoch>& epochs)
{
    ordered_json rows = ordered_json::array();
    for (const Epoch& epoch : epochs) {
        ordered_json& row = rows.emplace_back(ordered_json::array({epoch.number}));
        for (const auto member : series)
            row.push_back(epoch.*member);
    }
    return rows;
}

std::vector<Epoch> epochsFrom(const json& rows)
{
    std::vector<Epoch> epochs;
    for (const json& row : rows) {
        Epoch& epoch = epochs.emplace_back();
        epoch.number = wholeNumber<int>(row.at(0), "An epoch's number");
        for (std::size_t i = 0; i < series.size(); ++i)
            epoch.*series[i] =
                row.at(i + 1).is_number() ? row.at(i + 1).get<double>() : std::numeric_limits<double>::quiet_NaN();
    }
    return epochs;
}

ordered_json toJson(const ResultLine& line)
{
    const Model& model = line.trained.model;
    ordered_json j{{"kind", resultKind},
                   {"shard", line.shard},
                   {"model", std::int64_t(model.id)},
                   {"state", toText(model.state)},
                   {"error", orNull(model.error)},
                   {"error_at_least", orNull(model.errorAtLeast)},
                   {"reason", model.reason},
                   {"seconds", model.seconds},
                   {"images_per_second", model.imagesPerSecond},
                   {"epochs", toJson(line.trained.epochs)}};
    if (line.weights)
        j["weights"] = {line.weights->offset, line.weights->bytes, line.weights->checksum};
    return j;
}

ResultLine resultFrom(const json& j)
{
    ResultLine line;
    line.shard = field<int>(j, "shard");
    Model& model = line.trained.model;
    model.id = ModelId{wholeNumber<std::int64_t>(j.value("model", json()), "The field \"model\"")};
    model.state = modelStateFrom(field<std::string>(j, "state"));
    model.error = numberOrNone(j, "error");
    model.errorAtLeast = numberOrNone(j, "error_at_least");
    model.reason = field<std::string>(j, "reason");
    model.seconds = field<double>(j, "seconds");
    model.imagesPerSecond = field<double>(j, "images_per_second");
    line.trained.epochs = epochsFrom(j.value("epochs", json::array()));
    if (j.contains("weights"))
        line.weights = {wholeNumber<std::int64_t>(j["weights"].at(0), "The place of weights"),
                        wholeNumber<std::int64_t>(j["weights"].at(1), "The size of weights"),
                        wholeNumber<std::uint32_t>(j["weights"].at(2), "The checksum of weights")};
    check(line.trained);
    return line;
}

bool haveSameNumbers(const TrainedModel& a, const TrainedModel& b)
{
    return a.model.state == b.model.state && a.model.error == b.model.error &&
           a.model.errorAtLeast == b.model.errorAtLeast &&
           std::equal(
               a.epochs.begin(), a.epochs.end(), b.epochs.begin(), b.epochs.end(), [](const Epoch& x, const Epoch& y) {
                   return x.number == y.number && areSame(x.trainingLoss, y.trainingLoss) &&
                          areSame(x.trainingError, y.trainingError) && areSame(x.validationError, y.validationError);
               });
}

} // namespace spacewright
