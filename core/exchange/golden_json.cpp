// Reads the part of a golden file that describes the network.
#include "core/exchange/golden_json.h"
#include "core/error.h"
#include <nlohmann/json.hpp>

namespace spacewright {

namespace {

using nlohmann::json;

Network networkFrom(const json& file)
{
    const json& args = file.at("args");
    Network network;
    network.stem = stemTypeFrom(args.at("stem"));
    network.block = blockTypeFrom(args.at("block"));
    network.seRatio = args.at("se") ? 0.25 : 0;
    network.inputChannels = file.at("input").at("shape").at(1);
    network.resolution = args.at("im_size");
    network.classes = args.at("classes");
    const std::vector<int> depths = args.at("depths"), widths = args.at("widths");
    network.stemWidth = widths.at(0);
    for (std::size_t i = 0; i < depths.size(); ++i)
        network.stages.push_back({.depth = depths[i],
                                  .width = widths.at(i),
                                  .bottleneckRatio = 1 / args.at("bot_mul").get<double>(),
                                  .groupWidth = args.at("group_w")});
    return network;
}

} // namespace

bool isGolden(const std::string& text)
{
    const json file = json::parse(text, nullptr, false);
    return file.is_object() && file.contains("args");
}

Network networkFromGolden(const std::string& text)
{
    try {
        return networkFrom(json::parse(text));
    } catch (const std::exception& problem) {
        throw Error(std::string("The golden file is damaged or incomplete: ") + problem.what());
    }
}

} // namespace spacewright
