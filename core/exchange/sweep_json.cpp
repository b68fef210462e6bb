// pycls' sweep.json, in and out.
#include "core/exchange/sweep_json.h"
#include "core/exchange/json_fields.h"
#include "core/exchange/pycls_yaml.h"
#include "core/exchange/yaml_json.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace spacewright {
namespace {

using nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

/// A member of an object; null when there is none, or no object.
const json& member(const json& object, const std::string& name)
{
    static const json none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::optional<double> numberAt(const json& list, std::size_t i)
{
    return list.is_array() && i < list.size() && list[i].is_number() ? std::optional(list[i].get<double>())
                                                                     : std::nullopt;
}

double errorIn(const json& run)
{
    const json& minima = member(member(run, "test_epoch"), "min_top1_err");
    if (minima.empty())
        throw Error("It has no result.");
    const json& last = minima.is_array() ? minima.back() : minima;
    if (!last.is_number())
        throw Error("It has no error that is a number.");
    return last.get<double>();
}

std::vector<Epoch> epochsIn(const json& run)
{
    const json &test = member(run, "test_epoch"), &train = member(run, "train_epoch");
    const json& errors = member(test, "top1_err");
    std::vector<Epoch> epochs;
    for (std::size_t i = 0; errors.is_array() && i < errors.size(); ++i) {
        const auto of = [&](const json& part, const char* name) {
            return numberAt(member(part, name), i).value_or(std::numeric_limits<double>::quiet_NaN());
        };
        const auto number = numberAt(member(test, "epoch_ind"), i).value_or(static_cast<double>(i + 1));
        if (!(number >= 1 && number <= 1e6))
            throw Error("Its \"epoch_ind\" counts no epochs.");
        epochs.push_back({static_cast<int>(number), of(train, "lr"), of(train, "loss"), of(train, "top1_err"),
                          of(test, "top1_err"), of(train, "time_epoch")});
    }
    return epochs;
}

/// pycls has no word for the channels of an image, which it takes to be three. Runs of grey images, as they are written
/// here, are known by their complexity.
void recogniseGrey(Sample& sample, const json& counted)
{
    Network grey = sample.network;
    grey.inputChannels = 1;
    const Complexity cost = complexity(grey);
    if (member(counted, "flops") != cost.flops || member(counted, "params") != cost.params)
        return;
    sample.network = grey;
    sample.complexity = cost;
}

Sample sampleIn(const json& run)
{
    Sample sample;
    const json& counted = member(run, "complexity");
    try {
        sample = sampleFromPyclsJob(member(run, "cfg"));
        recogniseGrey(sample, counted);
    } catch (const Error&) { // a network of another kind still has an error and a complexity
        sample.complexity = {countIn(counted, "flops"), countIn(counted, "params"), countIn(counted, "acts")};
    }
    const json& optimiser = member(member(run, "cfg"), "OPTIM");
    for (const auto& [name, value] : {std::pair("BASE_LR", &Sample::rate), {"WEIGHT_DECAY", &Sample::weightDecay}})
        if (const json& given = member(optimiser, name); given.is_number())
            sample.*value = given.get<double>();
    return sample;
}

/// The running minimum of the errors as pycls keeps it, except that it ends at the error that counts: in a study that
/// may be the last epoch's, not the best's.
std::vector<double> minima(const std::vector<double>& errors, double error)
{
    std::vector<double> result;
    double least = 100;
    for (const double e : errors) {
        least = std::isfinite(e) ? std::min(least, e) : least;
        result.push_back(std::max(least, error));
    }
    result.back() = error;
    return result;
}

} // namespace

TrainedModel fromSweepRun(const json& run)
{
    TrainedModel trained;
    trained.model.state = ModelState::finished;
    trained.model.error = errorIn(run);
    trained.epochs = epochsIn(run);
    for (const Epoch& epoch : trained.epochs)
        if (std::isfinite(epoch.seconds))
            trained.model.seconds += epoch.seconds;
    trained.model.sample = sampleIn(run);
    return trained;
}

OrderedJson toSweepRun(const TrainedModel& trained, const Recipe& recipe)
{
    const Model& model = trained.model;
    if (!model.error)
        throw Error("It has no error.");
    if (!networkIsKnown(model.sample))
        throw Error("Its network is not known.");
    std::vector<Epoch> epochs = trained.epochs;
    if (epochs.empty())
        epochs.push_back(
            {recipe.epochs, recipeOf(model.sample, recipe).rate, 0, *model.error, *model.error, model.seconds});
    const auto list = [&](double Epoch::*value) {
        std::vector<double> numbers;
        for (const Epoch& epoch : epochs)
            numbers.push_back(epoch.*value);
        return numbers;
    };
    std::vector<int> numbers;
    for (const Epoch& epoch : epochs)
        numbers.push_back(epoch.number);
    char log[32];
    std::snprintf(log, sizeof log, "logs/%06lld/", static_cast<long long>(model.id));
    OrderedJson run;
    run["cfg"] = yamlToJson(toPyclsYaml(model.sample, recipe), "The job");
    run["cfg"]["DESC"] = "model " + std::to_string(std::int64_t(model.id));
    const Complexity& cost = model.sample.complexity;
    run["complexity"] = {{"flops", cost.flops}, {"params", cost.params}, {"acts", cost.activations}};
    run["epoch_times"] = {{"train_fw_bw_time", model.seconds / static_cast<double>(epochs.size())}};
    run["log_file"] = std::string(log) + "stdout.log";
    run["err_file"] = std::string(log) + "stderr.log";
    run["err"] = "";
    const auto maxima = std::vector<int>(epochs.size(), numbers.back());
    run["train_epoch"] = {{"epoch_ind", numbers},
                          {"epoch_max", maxima},
                          {"top1_err", list(&Epoch::trainingError)},
                          {"loss", list(&Epoch::trainingLoss)},
                          {"lr", list(&Epoch::rate)},
                          {"mem", std::vector<int>(epochs.size(), 0)},
                          {"time_epoch", list(&Epoch::seconds)}};
    const std::vector<double> errors = list(&Epoch::validationError);
    run["test_epoch"] = {{"epoch_ind", numbers},
                         {"epoch_max", maxima},
                         {"top1_err", errors},
                         {"min_top1_err", minima(errors, *model.error)},
                         {"mem", std::vector<int>(epochs.size(), 0)}};
    run["test_ema_epoch"] = run["test_epoch"]; // no moving average is kept, but pycls reads no run without it
    return run;
}

} // namespace spacewright
