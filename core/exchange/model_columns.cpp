// A trained model as columns by name.
#include "core/exchange/model_columns.h"
#include "core/exchange/json_fields.h"
#include "core/exchange/network_json.h"
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace spacewright {
namespace {

using nlohmann::json;

/// One list per series: a value for each epoch.
constexpr std::array<std::pair<const char*, double Epoch::*>, 5> series{
    {{"epoch_errors", &Epoch::validationError},
     {"epoch_training_errors", &Epoch::trainingError},
     {"epoch_losses", &Epoch::trainingLoss},
     {"epoch_rates", &Epoch::rate},
     {"epoch_seconds", &Epoch::seconds}}};
constexpr std::array lists{"depths",  "widths",  "bottleneck_ratios", "group_widths",
                           "strides", "kernels", "drawn_group_widths"};
/// Without one of these a network cannot be built.
constexpr std::array needed{"depths",     "widths", "bottleneck_ratios", "group_widths", "strides", "stem",
                            "stem_width", "block",  "input_channels",    "resolution",   "classes"};
/// Numbers with a place of their own in a model; others are further values.
constexpr std::array ofResult{"model", "error",  "error_at_least", "seconds", "images_per_second",
                              "flops", "params", "acts",           "rate",    "weight_decay"};
constexpr std::array ofNetwork{"se_ratio", "head_width", "stem_width", "input_channels", "resolution", "classes"};

/// A list as JSON, or as text with spaces, as CSV has it.
json listOf(const json& value, const std::string& name)
{
    if (value.is_array())
        return value;
    if (value.is_number())
        return json::array({value});
    if (!value.is_string())
        throw Error("The field \"" + name + "\" must be a list of numbers.");
    const std::string& text = value.get_ref<const std::string&>();
    json list = json::array();
    for (const char *at = text.data(), *end = at + text.size(); at < end;) {
        double number = 0;
        const auto [next, problem] = std::from_chars(at, end, number);
        if (problem != std::errc())
            throw Error("The field \"" + name + "\" must be a list of numbers with spaces between them.");
        list.push_back(number);
        at = std::min(next + 1, end);
    }
    return list;
}

/// "regnet.depth" and so on, which CSV has instead of an object.
void gatherRegNet(json& row)
{
    const std::string prefix = "regnet.";
    json gathered = json::object();
    for (const auto& [name, value] : row.items())
        if (name.starts_with(prefix))
            gathered[name.substr(prefix.size())] = value;
    for (const auto& [name, value] : gathered.items())
        row.erase(prefix + name);
    if (!gathered.empty())
        row["regnet"] = gathered;
}

std::vector<Epoch> epochsIn(const json& row)
{
    std::vector<Epoch> epochs;
    for (const auto& [name, member] : series) {
        if (!row.contains(name))
            continue;
        const json list = listOf(row[name], name);
        for (std::size_t i = 0; i < list.size(); ++i) {
            constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
            if (i == epochs.size())
                epochs.push_back({static_cast<int>(i + 1), unknown, unknown, unknown, unknown, unknown});
            epochs[i].*member = list[i].is_number() ? list[i].get<double>() : unknown;
        }
    }
    return epochs;
}

/// d, d1, w1, ... of lists that do not make a network.
void addStageValues(Sample& sample, const json& row)
{
    for (const char* name : {"depths", "widths", "bottleneck_ratios", "group_widths"}) {
        if (!row.contains(name))
            continue;
        double sum = 0;
        for (std::size_t i = 0; i < row[name].size(); ++i) {
            const double value = row[name][i].is_number() ? row[name][i].get<double>() : 0;
            sample.values.emplace_back(name[0] + std::to_string(i + 1), value);
            sum += value;
        }
        if (name[0] == 'd')
            sample.values.emplace_back("d", sum);
    }
}

Sample sampleIn(const json& row)
{
    const auto has = [&](const char* name) { return row.contains(name); };
    Sample sample;
    if (std::all_of(needed.begin(), needed.end(), has)) {
        sample = sampleFrom(row.dump());
    } else {
        addStageValues(sample, row);
        sample.complexity = {countIn(row, "flops"), countIn(row, "params"), countIn(row, "acts")};
        for (const auto& [name, member] : {std::pair("rate", &Sample::rate), {"weight_decay", &Sample::weightDecay}})
            if (has(name))
                sample.*member = field<double>(row, name);
    }
    std::set<std::string> taken(ofResult.begin(), ofResult.end());
    if (networkIsKnown(sample))
        taken.insert(ofNetwork.begin(), ofNetwork.end());
    for (const auto& [name, value] : row.items())
        if (value.is_number() && std::isfinite(value.get<double>()) && !taken.contains(name) &&
            !parameterValue(sample, name)) // which the network tells itself
            sample.values.emplace_back(name, value.get<double>());
    return sample;
}

ModelState stateIn(const json& row)
{
    const auto word = field(row, "state", std::string("finished"));
    for (const auto state : {ModelState::finished, ModelState::diverged, ModelState::stopped, ModelState::failed,
                             ModelState::waiting, ModelState::running})
        if (toText(state) == word)
            return state;
    throw Error("\"" + word + "\" is no state; with a result there are finished, diverged, stopped and failed.");
}

} // namespace

nlohmann::ordered_json toColumns(const TrainedModel& trained)
{
    const Model& model = trained.model;
    nlohmann::ordered_json row;
    row["model"] = std::int64_t(model.id);
    if (model.error)
        row["error"] = *model.error;
    row["state"] = toText(model.state);
    if (model.errorAtLeast)
        row["error_at_least"] = *model.errorAtLeast;
    if (!model.reason.empty())
        row["reason"] = model.reason;
    row["seconds"] = model.seconds;
    row["images_per_second"] = model.imagesPerSecond;
    for (const auto& [name, member] : series)
        for (const Epoch& epoch : trained.epochs)
            row[name].push_back(epoch.*member);
    auto network = nlohmann::ordered_json::parse(toJson(model.sample));
    for (const auto& [name, value] : network.items())
        if (name == "values")
            row.update(value);
        else
            row[name] = value;
    return row;
}

TrainedModel fromColumns(const json& columns)
{
    if (!columns.is_object())
        throw Error("It is not of the form {\"error\": number, ...}.");
    json row = columns;
    gatherRegNet(row);
    for (const char* name : lists)
        if (row.contains(name))
            row[name] = listOf(row[name], name);
    TrainedModel trained;
    Model& model = trained.model;
    model.state = stateIn(row);
    if (model.state == ModelState::finished || model.state == ModelState::diverged)
        model.error = field<double>(row, "error");
    if (model.state == ModelState::stopped)
        model.errorAtLeast = field<double>(row, "error_at_least");
    model.reason = field(row, "reason", std::string());
    model.seconds = field(row, "seconds", 0.0);
    model.imagesPerSecond = field(row, "images_per_second", 0.0);
    trained.epochs = epochsIn(row);
    model.sample = sampleIn(row);
    return trained;
}

} // namespace spacewright
