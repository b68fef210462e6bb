// Reads a golden file, repeats its steps and measures the differences.
#include "gpu/verify.h"
#include "core/exchange/golden_json.h"
#include "core/whole_file.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

constexpr std::size_t longestGolden = std::size_t{1} << 30; ///< bytes

/// (batch, channels, size, size) to (batch, size, size, channels).
std::vector<float> channelsLast(const GoldenFile& golden)
{
    const auto channels = static_cast<std::size_t>(golden.network.inputChannels);
    const std::size_t area = golden.images.size() / golden.labels.size() / channels;
    std::vector<float> result(golden.images.size());
    for (std::size_t n = 0; n < golden.labels.size(); ++n)
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t p = 0; p < area; ++p)
                result[(n * area + p) * channels + c] = golden.images[(n * channels + c) * area + p];
    return result;
}

/// The file's parameters, and running statistics as a new network has them.
std::vector<NamedArray> startState(const GoldenFile& golden, const std::vector<Layer>& layers)
{
    std::vector<NamedArray> state = initialState(layers, Random(0, 0));
    auto parameter = golden.start.begin();
    for (NamedArray& array : state)
        if (!isRunningStatistic(array.name))
            array = *parameter++;
    return state;
}

double difference(const std::vector<float>& ours, const std::vector<float>& expected)
{
    double largest = 0, worst = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
        worst = std::max(worst, std::abs(static_cast<double>(ours[i]) - expected[i]));
    }
    return largest > 0 ? worst / largest : worst;
}

double difference(const std::vector<NamedArray>& ours, const std::vector<NamedArray>& theirs)
{
    const std::vector<const NamedArray*> ordered = matching(ours, theirs);
    double worst = 0;
    for (std::size_t i = 0; i < ours.size(); ++i)
        worst = std::max(worst, difference(ours[i].values, ordered[i]->values));
    return worst;
}

GoldenErrors verify(const GoldenFile& golden, const Device& device)
{
    const std::vector<Layer> list = layers(golden.network);
    const std::vector<float> images = channelsLast(golden);
    const int batch = static_cast<int>(golden.labels.size());
    const std::unique_ptr<Module> module = makeModule(list, startState(golden, list), device);

    GoldenErrors errors;
    for (const GoldenFile::Step& step : golden.steps) {
        const Module::Pass pass =
            module->trainingPass(images.data(), golden.labels.data(), batch, golden.labelSmoothing);
        errors.logits = std::max(errors.logits, difference(pass.logits, step.logits));
        errors.loss = std::max(errors.loss, std::abs(pass.loss - step.loss) / step.loss);
        if (!step.gradients.empty())
            errors.gradients = std::max(errors.gradients, difference(module->gradients(), step.gradients));
        module->update(golden.rate, golden.momentum, golden.weightDecay);
    }
    errors.state = difference(module->state(), golden.stateAfter);
    errors.logits = std::max(errors.logits, difference(module->evaluate(images.data(), batch), golden.logitsAfter));
    errors.complexity = complexity(golden.network) == golden.complexity;
    return errors;
}

} // namespace

GoldenErrors verifyGolden(const std::filesystem::path& path, const Device& device)
{
    return verify(goldenFrom(readWhole(path, longestGolden)), device);
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
