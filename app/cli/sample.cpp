// sample: draws networks from a design space and trains nothing.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/space_options.h"
#include "core/design/sampler.h"
#include "core/exchange/library_code.h"
#include "core/exchange/network_json.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    SpaceOptions space;
    std::int64_t n = 10;
    std::uint64_t seed = 1;
    bool json = false;
};

/// One value per stage.
template <class Field>
Json perStage(const Network& network, Field Stage::*field)
{
    Json list = Json::array();
    for (const Stage& stage : network.stages)
        list.push_back(number(stage.*field));
    return list;
}

Json jsonOf(const Sample& sample)
{
    const Network& network = sample.network;
    Json json = {{"depths", perStage(network, &Stage::depth)},
                 {"widths", perStage(network, &Stage::width)},
                 {"bottleneck_ratios", perStage(network, &Stage::bottleneckRatio)},
                 {"group_widths", perStage(network, &Stage::groupWidth)},
                 {"strides", perStage(network, &Stage::stride)},
                 {"flops", sample.complexity.flops},
                 {"params", sample.complexity.params},
                 {"acts", sample.complexity.activations}};
    if (sample.regNet) {
        json["regnet"] = Json::parse(toJson(sample))["regnet"];
        json["short_forms"] = {{"torchvision", shortFormStatement(sample, Library::torchvision)},
                               {"timm", shortFormStatement(sample, Library::timm)}};
    }
    if (sample.rate)
        json["rate"] = *sample.rate;
    if (sample.weightDecay)
        json["weight_decay"] = *sample.weightDecay;
    return json;
}

template <class Field>
std::string textPerStage(const Network& network, Field Stage::*field)
{
    std::vector<std::string> values;
    for (const Stage& stage : network.stages)
        values.push_back(valueText(stage.*field));
    return joined(values);
}

void printTableOf(const Draw& drawn)
{
    std::vector<std::vector<std::string>> rows{
        {"depths", "widths", "b", "g", "strides", "flops", "params", "activations"}};
    const Sample& first = drawn.samples.front();
    if (first.rate)
        rows[0].push_back("rate");
    if (first.weightDecay)
        rows[0].push_back("weight decay");
    for (const Sample& sample : drawn.samples) {
        rows.push_back({textPerStage(sample.network, &Stage::depth), textPerStage(sample.network, &Stage::width),
                        textPerStage(sample.network, &Stage::bottleneckRatio),
                        textPerStage(sample.network, &Stage::groupWidth), textPerStage(sample.network, &Stage::stride),
                        countText(static_cast<double>(sample.complexity.flops)),
                        countText(static_cast<double>(sample.complexity.params)),
                        countText(static_cast<double>(sample.complexity.activations))});
        for (const auto& value : {sample.rate, sample.weightDecay})
            if (value)
                rows.back().push_back(valueText(*value));
    }
    printTable(rows);
    std::cout << "\n"
              << drawn.samples.size() << " distinct networks; " << drawn.accepted << " of " << drawn.proposals
              << " proposals accepted in " << fixed(drawn.seconds, 2) << " s\n";
}

void sample(const Options& options)
{
    const Draw drawn = draw(options.space.space(), options.seed, options.n);
    if (!options.json)
        return printTableOf(drawn);
    Json networks = Json::array();
    for (const Sample& sample : drawn.samples)
        networks.push_back(jsonOf(sample));
    printJson({{"proposals", drawn.proposals},
               {"accepted", drawn.accepted},
               {"seconds", drawn.seconds},
               {"networks", std::move(networks)}});
}

} // namespace

void addSample(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("sample", "Draw networks from a design space; trains nothing");
    addSpaceOption(*command, options->space)->required();
    addConstraintOptions(*command, options->space);
    command->add_option("-n", options->n, "How many distinct networks")->check(aboveZero)->capture_default_str();
    command->add_option("--seed", options->seed, "The same seed gives the same networks")->capture_default_str();
    addJsonFlag(*command, options->json);
    command->callback([options] { sample(*options); });
}

} // namespace spacewright
