// The nds release's jobs, in and out.
#include "core/exchange/nds_json.h"
#include "core/exchange/json_fields.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace spacewright {
namespace {

using nlohmann::json;

/// The words of the release beside pycls' own.
constexpr std::array<std::pair<BlockType, const char*>, 3> blocks{{{BlockType::vanilla, "double_plain_block"},
                                                                   {BlockType::basic, "res_basic_block"},
                                                                   {BlockType::bottleneck, "res_bottleneck_block"}}};

BlockType blockFrom(const std::string& word)
{
    for (const auto& [type, name] : blocks)
        if (word == name)
            return type;
    return blockTypeFrom(word);
}

template <class Value>
std::vector<Value> listIn(const json& net, const char* name, std::size_t stages, Value otherwise)
{
    if (!net.contains(name) || net[name].empty())
        return std::vector<Value>(stages, otherwise);
    const auto values = field<std::vector<Value>>(net, name);
    if (values.size() != stages)
        throw Error(std::string("Its \"") + name + "\" has another number of stages than \"ds\".");
    return values;
}

/// Of images of 32 x 32 in 10 classes, or of 224 x 224 in 1000.
Network networkFrom(const json& net, bool isLarge)
{
    Network n;
    const auto depths = field<std::vector<int>>(net, "ds");
    const auto widths = field<std::vector<int>>(net, "ws");
    const auto strides = listIn(net, "ss", depths.size(), 1);
    const auto multipliers = listIn(net, "bot_muls", depths.size(), 1.0);
    const auto groups = listIn(net, "num_gs", depths.size(), 1);
    if (depths.size() < 2 || widths.size() != depths.size())
        throw Error("Its \"ds\" and \"ws\" must have one value for the stem and one for each stage.");
    n.block = blockFrom(field<std::string>(net, "block_type"));
    n.stem = isLarge ? StemType::residual : StemType::cifar;
    n.stemWidth = widths[0];
    n.resolution = isLarge ? 224 : 32;
    n.classes = isLarge ? 1000 : 10;
    for (std::size_t i = 1; i < depths.size(); ++i) {
        Stage s{.depth = depths[i], .width = widths[i], .bottleneckRatio = 1 / multipliers[i], .stride = strides[i]};
        s.groupWidth = std::max(1, static_cast<int>(std::nearbyint(s.width * multipliers[i])) / std::max(1, groups[i]));
        n.stages.push_back(s);
    }
    check(n);
    return n;
}

/// d, d1, w1, ... of stages that make no network here.
void addStageValues(Sample& sample, const json& net)
{
    for (const auto& [name, letter] : {std::pair("ds", "d"), {"ws", "w"}}) {
        const json list = net.is_object() ? net.value(name, json::array()) : json::array();
        double sum = 0;
        for (std::size_t i = 1; i < list.size() && list[i].is_number(); ++i) {
            sample.values.emplace_back(letter + std::to_string(i), list[i].get<double>());
            sum += list[i].get<double>();
        }
        if (*letter == 'd' && sum > 0)
            sample.values.emplace_back("d", sum);
    }
}

Sample sampleIn(const json& job)
{
    Sample sample;
    const Complexity given{countIn(job, "flops"), countIn(job, "params"), 0};
    sample.complexity = given;
    for (const bool isLarge : {false, true}) {
        try {
            const Network network = networkFrom(job.value("net", json()), isLarge);
            const Complexity counted = complexity(network);
            if (counted.params != given.params || counted.flops != given.flops)
                continue;
            sample.network = network;
            sample.complexity = counted;
            for (const Stage& s : network.stages)
                sample.drawnGroupWidths.push_back(s.groupWidth);
            break;
        } catch (const Error&) { // a cell, or another family: its numbers remain
        }
    }
    if (!networkIsKnown(sample))
        addStageValues(sample, job.value("net", json()));
    const json optimiser = job.value("optim", json());
    for (const auto& [name, value] : {std::pair("base_lr", &Sample::rate), {"wd", &Sample::weightDecay}})
        if (optimiser.is_object() && optimiser.contains(name))
            sample.*value = field<double>(optimiser, name);
    return sample;
}

} // namespace

TrainedModel fromNdsJob(const json& job)
{
    TrainedModel trained;
    trained.model.state = ModelState::finished;
    trained.model.error = field<double>(job, "min_test_top1");
    constexpr std::array<std::pair<const char*, double Epoch::*>, 3> series{{{"test_ep_top1", &Epoch::validationError},
                                                                             {"train_ep_top1", &Epoch::trainingError},
                                                                             {"train_ep_loss", &Epoch::trainingLoss}}};
    for (const auto& [name, value] : series) {
        const json numbers = job.value(name, json::array());
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
            if (i == trained.epochs.size())
                trained.epochs.push_back({static_cast<int>(i + 1), unknown, unknown, unknown, unknown, unknown});
            if (numbers[i].is_number())
                trained.epochs[i].*value = numbers[i].get<double>();
        }
    }
    trained.model.sample = sampleIn(job);
    return trained;
}

nlohmann::ordered_json toNdsJob(const TrainedModel& trained, const Recipe& recipe)
{
    const Model& model = trained.model;
    const Network& n = model.sample.network;
    const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const auto& b) { return b.first == n.block; });
    if (!model.error || !networkIsKnown(model.sample) || block == blocks.end() || n.seRatio > 0 || n.headWidth > 0)
        throw Error("The release has words for trained networks of plain, basic and bottleneck blocks without "
                    "Squeeze-and-Excitation only.");
    nlohmann::ordered_json job;
    job["job_id"] = std::int64_t(model.id);
    job["rng_seed"] = recipe.seed;
    auto& net = job["net"] = {{"block_type", block->second}};
    const auto list = [&](const char* name, auto ofStem, auto ofStage) {
        net[name].push_back(ofStem);
        for (const Stage& s : n.stages)
            net[name].push_back(ofStage(s));
    };
    list("ds", 1, [](const Stage& s) { return s.depth; });
    list("ws", n.stemWidth, [](const Stage& s) { return s.width; });
    list("ss", 1, [](const Stage& s) { return s.stride; });
    if (n.block == BlockType::bottleneck) {
        list("bot_muls", 1.0, [](const Stage& s) { return 1 / s.bottleneckRatio; });
        list("num_gs", 1, [](const Stage& s) {
            return static_cast<int>(std::nearbyint(s.width / s.bottleneckRatio)) / s.groupWidth;
        });
    }
    const Recipe used = recipeOf(model.sample, recipe);
    job["optim"] = {{"base_lr", used.rate}, {"wd", used.weightDecay}};
    job["flops"] = model.sample.complexity.flops;
    job["params"] = model.sample.complexity.params;
    job["min_test_top1"] = *model.error;
    for (const Epoch& epoch : trained.epochs) {
        job["test_ep_top1"].push_back(epoch.validationError);
        job["train_ep_top1"].push_back(epoch.trainingError);
        job["train_ep_loss"].push_back(epoch.trainingLoss);
    }
    return job;
}

} // namespace spacewright
