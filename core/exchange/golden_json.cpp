// Golden files as JSON: tensors are {"shape": [...], "data": [...]}.
#include "core/exchange/golden_json.h"
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <algorithm>

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
    check(network);
    return network;
}

std::vector<float> valuesFrom(const std::string& name, const json& tensor, const std::vector<std::int64_t>& shape)
{
    std::vector<float> values = tensor.at("data");
    std::int64_t count = 1;
    for (const std::int64_t n : shape)
        count *= n;
    if (tensor.at("shape") != shape || std::ssize(values) != count)
        throw Error("\"" + name + "\" has another shape than its network needs.");
    return values;
}

/// The wanted arrays with the file's values.
std::vector<NamedArray> arraysFrom(const json& tensors, std::vector<NamedArray> wanted)
{
    for (NamedArray& array : wanted)
        array.values = valuesFrom(array.name, tensors.at(array.name), array.shape);
    return wanted;
}

GoldenFile fileFrom(const json& file)
{
    GoldenFile golden;
    golden.network = networkFrom(file);
    const Network& network = golden.network;
    const json& args = file.at("args");
    golden.labelSmoothing = args.at("ls");
    golden.rate = args.at("lr");
    golden.momentum = file.at("momentum");
    golden.weightDecay = args.at("wd");
    golden.labels = file.at("labels").get<std::vector<std::uint8_t>>();
    if (golden.labels.empty() ||
        std::ranges::any_of(golden.labels, [&](std::uint8_t label) { return label >= network.classes; }))
        throw Error("it has no labels, or some that are no class of its network.");
    const std::int64_t images = std::ssize(golden.labels);
    const std::vector<std::int64_t> logits{images, network.classes};
    golden.images =
        valuesFrom("input", file.at("input"), {images, network.inputChannels, network.resolution, network.resolution});

    const std::vector<NamedArray> state = stateShapes(layers(network));
    std::vector<NamedArray> parameters = state;
    std::erase_if(parameters, [](const NamedArray& array) { return isRunningStatistic(array.name); });
    golden.start = arraysFrom(file.at("params0"), parameters);
    for (const json& step : file.at("steps"))
        golden.steps.push_back({.loss = step.at("loss"),
                                .logits = valuesFrom("logits", step.at("logits"), logits),
                                .gradients = step.contains("grads") ? arraysFrom(step.at("grads"), parameters)
                                                                    : std::vector<NamedArray>()});
    golden.stateAfter = arraysFrom(file.at("state_after"), state);
    golden.logitsAfter = valuesFrom("eval_logits_after", file.at("eval_logits_after"), logits);
    const json& expected = file.at("complexity");
    golden.complexity = {expected.at("flops"), expected.at("params"), expected.at("acts")};
    return golden;
}

/// What `read` makes of the text; every problem as an Error.
template <class Read>
auto readOrSay(const std::string& text, Read read)
{
    try {
        return read(json::parse(text));
    } catch (const std::exception& problem) {
        throw Error(std::string("The golden file is damaged or incomplete: ") + problem.what());
    }
}

} // namespace

bool isGolden(const std::string& text)
{
    const json file = json::parse(text, nullptr, false);
    return file.is_object() && file.contains("args");
}

Network networkFromGolden(const std::string& text)
{
    return readOrSay(text, networkFrom);
}

GoldenFile goldenFrom(const std::string& text)
{
    return readOrSay(text, fileFrom);
}

} // namespace spacewright
