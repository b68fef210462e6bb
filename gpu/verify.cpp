// Reads a golden file, repeats its steps and measures the differences.
#include "gpu/verify.h"
#include "core/error.h"
#include "core/exchange/golden_json.h"
#include "core/network/complexity.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>

namespace spacewright {

namespace {

using nlohmann::json;

NamedArray arrayFrom(const std::string& name, const json& tensor)
{
    return {name, tensor.at("shape"), tensor.at("data")};
}

/// The parameters of the file, and running statistics as a new network has them.
std::vector<NamedArray> startState(const std::vector<Layer>& layers, const json& parameters)
{
    std::vector<NamedArray> state = initialState(layers, Random(0, 0));
    for (NamedArray& array : state)
        if (!isRunningStatistic(array.name))
            array = arrayFrom(array.name, parameters.at(array.name));
    return state;
}

/// (batch, channels, size, size) to (batch, size, size, channels).
std::vector<float> channelsLast(const NamedArray& images)
{
    const std::int64_t channels = images.shape.at(1), area = images.shape.at(2) * images.shape.at(3);
    std::vector<float> result(images.values.size());
    for (std::int64_t n = 0; n < images.shape[0]; ++n)
        for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t p = 0; p < area; ++p)
                result[(n * area + p) * channels + c] = images.values.at((n * channels + c) * area + p);
    return result;
}

double difference(const std::vector<float>& ours, const std::vector<float>& expected)
{
    if (ours.size() != expected.size())
        throw Error("The golden file's tensors have other shapes than the network's.");
    double largest = 0, worst = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
        worst = std::max(worst, std::abs(static_cast<double>(ours[i]) - expected[i]));
    }
    return largest > 0 ? worst / largest : worst;
}

double difference(const std::vector<float>& ours, const json& theirs)
{
    return difference(ours, theirs.at("data").get<std::vector<float>>());
}

double difference(const std::vector<NamedArray>& ours, const json& theirs)
{
    double worst = 0;
    for (const NamedArray& array : ours)
        worst = std::max(worst, difference(array.values, theirs.at(array.name)));
    return worst;
}

double difference(const std::vector<NamedArray>& ours, const std::vector<NamedArray>& theirs)
{
    double worst = 0;
    for (std::size_t i = 0; i < ours.size(); ++i)
        worst = std::max(worst, difference(ours[i].values, theirs[i].values));
    return worst;
}

GoldenErrors verify(const json& file, const Network& network, const Device& device)
{
    const json& args = file.at("args");
    const NamedArray input = arrayFrom("input", file.at("input"));
    const std::vector<Layer> list = layers(network);
    const std::vector<float> images = channelsLast(input);
    const std::vector<std::uint8_t> labels = file.at("labels");
    const int batch = static_cast<int>(input.shape[0]);
    const std::unique_ptr<Module> module = makeModule(list, startState(list, file.at("params0")), device);

    GoldenErrors errors;
    for (const json& step : file.at("steps")) {
        const Module::Pass pass = module->trainingPass(images.data(), labels.data(), batch, args.at("ls"));
        const double loss = step.at("loss");
        errors.logits = std::max(errors.logits, difference(pass.logits, step.at("logits")));
        errors.loss = std::max(errors.loss, std::abs(pass.loss - loss) / loss);
        if (step.contains("grads"))
            errors.gradients = std::max(errors.gradients, difference(module->gradients(), step.at("grads")));
        module->update(args.at("lr"), file.at("momentum"), args.at("wd"));
    }
    errors.state = difference(module->state(), file.at("state_after"));
    errors.logits =
        std::max(errors.logits, difference(module->evaluate(images.data(), batch), file.at("eval_logits_after")));

    const Complexity counted = complexity(network);
    const json& expected = file.at("complexity");
    errors.complexity = counted == Complexity{expected.at("flops"), expected.at("params"), expected.at("acts")};
    return errors;
}

} // namespace

GoldenErrors verifyGolden(const std::filesystem::path& path, const Device& device)
{
    std::ifstream stream(path);
    if (!stream)
        throw Error("The golden file " + path.string() + " cannot be read. Give the path of a file that exists.");
    try {
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        return verify(json::parse(text), networkFromGolden(text), device);
    } catch (const json::exception& problem) {
        throw Error("The golden file " + path.string() + " is damaged or incomplete: " + problem.what());
    }
}

GoldenErrors verifyItself()
{
    // SiLU: at the corner of a ReLU, rounding alone may change a gradient by a whole element.
    const Network network{.stem = StemType::cifar,
                          .stemWidth = 16,
                          .activation = Activation::silu,
                          .seRatio = 0.25,
                          .stages = {{.width = 16, .groupWidth = 8}, {.width = 32, .groupWidth = 16}},
                          .inputChannels = 1,
                          .resolution = 12,
                          .classes = 10};
    constexpr int count = 8;
    const std::vector<Layer> list = layers(network);
    const std::vector<NamedArray> start = initialState(list, Random(1, 0));
    const auto compiled = makeModule(list, start, {}), reference = makeModule(list, start, {.reference = true});
    Random random(1, 1);
    std::vector<float> images(count * network.resolution * network.resolution);
    for (float& pixel : images)
        pixel = static_cast<float>(2 * random.uniform() - 1);
    const std::vector<std::uint8_t> labels{0, 1, 2, 3, 4, 5, 6, 7};

    GoldenErrors errors{.complexity = true};
    for (int step = 0; step < 2; ++step) {
        const Module::Pass ours = compiled->trainingPass(images.data(), labels.data(), count, 0.1);
        const Module::Pass theirs = reference->trainingPass(images.data(), labels.data(), count, 0.1);
        errors.logits = std::max(errors.logits, difference(ours.logits, theirs.logits));
        errors.loss = std::max(errors.loss, std::abs(ours.loss - theirs.loss) / theirs.loss);
        if (step == 0)
            errors.gradients = difference(compiled->gradients(), reference->gradients());
        for (Module* module : {compiled.get(), reference.get()})
            module->update(0.05, 0.9, 5e-5);
    }
    errors.state = difference(compiled->state(), reference->state());
    errors.logits = std::max(
        errors.logits, difference(compiled->evaluate(images.data(), count), reference->evaluate(images.data(), count)));
    return errors;
}

} // namespace spacewright
