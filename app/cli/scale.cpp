// scale: networks made larger or smaller by a rule, as JSON that `new --space` takes.
#include "core/network/scaling.h"
#include "app/cli/commands.h"
#include "app/cli/network_file.h"
#include "app/cli/output.h"
#include "app/cli/space_options.h"
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "core/study/study.h"
#include "core/whole_file.h"
#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>

namespace spacewright {
namespace {

const std::map<std::string, ScalingRule> rules{{"depth", ScalingRule::depth},
                                               {"width", ScalingRule::width},
                                               {"resolution", ScalingRule::resolution},
                                               {"compound", ScalingRule::compound}};

struct Options {
    std::vector<std::string> inputs; ///< network files, or one study
    std::vector<std::int64_t> models;
    ScalingRule rule = ScalingRule::compound;
    std::string flops, output;
};

/// "4M" as constraints write it.
std::int64_t flopsIn(const std::string& text)
{
    Constraint exactly;
    checkArguments([&] { exactly = constraintFrom("flops=" + text); });
    if (exactly.low != exactly.high || !(exactly.low >= 1 && exactly.low < 1e15))
        throw CLI::ValidationError("--flops " + text + " is no single number of flops; write for example 4M.");
    return std::llround(exactly.low);
}

std::vector<Network> networksIn(const Options& options)
{
    std::vector<Network> networks;
    if (options.models.empty()) {
        for (const std::string& file : options.inputs)
            networks.push_back(networkIn(file).network);
        return networks;
    }
    if (options.inputs.size() > 1)
        throw CLI::ValidationError("--model chooses from one study; name no other files.");
    const Study study(options.inputs.front(), Study::Access::readOnly);
    for (const std::int64_t id : options.models) {
        networks.push_back(study.model(ModelId{id}).sample.network);
        if (networks.back().stages.empty())
            throw Error("Of model " + std::to_string(id) + " no network is known that could be scaled.");
    }
    return networks;
}

Json scaledJson(const Network& network, ScalingRule rule, std::int64_t flops)
{
    const ScaledNetwork result = scaledTo(network, rule, flops);
    std::cerr << "depth x " << valueText(result.scale.depth) << ", width x " << valueText(result.scale.width)
              << ", resolution x " << valueText(result.scale.resolution) << ": "
              << countText(static_cast<double>(result.complexity.flops)) << " flops ("
              << fixed(100 * (static_cast<double>(result.complexity.flops) / static_cast<double>(flops) - 1), 1)
              << " % from what was asked for)\n";
    Sample sample;
    sample.network = result.network;
    sample.complexity = result.complexity;
    return Json::parse(toJson(sample));
}

void scale(const Options& options)
{
    const std::int64_t flops = flopsIn(options.flops);
    Json list = Json::array();
    for (const Network& network : networksIn(options))
        list.push_back(scaledJson(network, options.rule, flops));
    const Json json =
        list.size() == 1 ? list[0] : Json{{"name", "scaled by " + toText(options.rule)}, {"networks", std::move(list)}};
    if (options.output.empty())
        return printJson(json);
    writeWhole(options.output, json.dump(2) + "\n");
    std::cout << options.output << " written.\n";
}

} // namespace

void addScale(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "scale", "Scale a network to so many flops by depth, width, resolution or all three (compound). Several "
                 "networks make a space, which `new --space` takes");
    command
        ->add_option("NETWORK|STUDY", options->inputs,
                     "Files of networks, this program's JSON or pycls YAML; or a study")
        ->required();
    command->add_option("--model", options->models, "Of the study, this model; may be given several times")
        ->type_name("ID")
        ->allow_extra_args(false);
    command->add_option("--rule", options->rule, "depth, width, resolution or compound")
        ->transform(CLI::CheckedTransformer(rules))
        ->required();
    command->add_option("--flops", options->flops, "Multiply-adds to reach, e.g. 4M")->type_name("F")->required();
    command->add_option("-o,--output", options->output, "A file to write; by default it is printed")->type_name("FILE");
    command->callback([options] { scale(*options); });
}

} // namespace spacewright
