// The module of CUDA devices against LibTorch, on the host: its own order of backward, its replays, a batch in parts.
#include "gpu/device.h"
#include "gpu/fused/fused_module.h"
#include "host_session.h"
#include "module_agreement.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;
using namespace spacewright::agreement;

namespace {

std::unique_ptr<Module> fused(const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
                              const Device& device = {})
{
    return makeFusedModule(layers, state, device, std::make_unique<HostSession>());
}

class FusedModule : public testing::TestWithParam<Case> {
protected:
    static void SetUpTestSuite() { computeOnOneThread(); }
};

TEST_P(FusedModule, agreesWithLibTorch)
{
    const Worst worst =
        disagreement(GetParam(), [](const auto& layers, const auto& state) { return fused(layers, state); });
    EXPECT_LE(worst.difference, bound) << worst.where;
}

INSTANTIATE_TEST_SUITE_P(Networks, FusedModule, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

/// A network without corners, its first state, and a batch of ten.
struct Smooth {
    Smooth() { computeOnOneThread(); }

    Network network = [] {
        Network n = small();
        n.activation = Activation::silu;
        n.seRatio = 0.25;
        return n;
    }();
    std::vector<Layer> list = layers(network);
    std::vector<NamedArray> start = initialState(list, Random(1, 1));
    Batch batch{network, 10, 1};
    std::size_t imageFloats = batch.images.size() / 10;

    Module::Pass pass(Module& module, int first, int count) const
    {
        return module.trainingPass(batch.images.data() + first * imageFloats, batch.labels.data() + first, count, 0.1);
    }
};

/// The mean of two gradients, weighted by images.
std::vector<NamedArray> mean(std::vector<NamedArray> a, const std::vector<NamedArray>& b, float shareOfA)
{
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].values.size(); ++j)
            a[i].values[j] = shareOfA * a[i].values[j] + (1 - shareOfA) * b[i].values[j];
    return a;
}

TEST(FusedModuleAlone, addsUpTheGradientsOfPartsAsOfBatchesOfTheirOwn)
{
    const Smooth s;
    const auto whole = fused(s.list, s.start, {.parts = 3}); // 4, 4 and 2 images
    const Module::Pass pass = s.pass(*whole, 0, 10);
    Worst worst;
    std::vector<NamedArray> expected;
    std::vector<float> logits;
    double loss = 0;
    for (const auto& [first, count] : {std::pair{0, 4}, {4, 4}, {8, 2}}) {
        const auto part = makeModule(s.list, s.start, {.reference = true});
        const Module::Pass one = s.pass(*part, first, count);
        logits.insert(logits.end(), one.logits.begin(), one.logits.end());
        loss += count * one.loss / 10;
        const auto seen = static_cast<float>(first);
        expected = first == 0 ? part->gradients() : mean(expected, part->gradients(), seen / (seen + count));
    }
    EXPECT_NEAR(pass.loss, loss, 1e-5);
    EXPECT_LE(difference(pass.logits, logits, largest(logits)), bound);
    compare(whole->gradients(), expected, "gradient of ", worst);
    EXPECT_LE(worst.difference, bound) << worst.where;
}

TEST(FusedModuleAlone, movesTheRunningStatisticsInPartsAsFarAsAWholeBatchDoes)
{
    Smooth s;
    std::copy_n(s.batch.images.begin(), 5 * s.imageFloats, s.batch.images.begin() + 5 * s.imageFloats); // equal halves
    const auto inParts = fused(s.list, s.start, {.parts = 2}), whole = fused(s.list, s.start);
    s.pass(*inParts, 0, 10);
    s.pass(*whole, 0, 10);
    for (std::size_t i = 0; i < s.start.size(); ++i)
        if (s.start[i].name.ends_with(".running_mean")) {
            const NamedArray a = inParts->state()[i], b = whole->state()[i];
            EXPECT_LE(difference(a.values, b.values, largest(b.values)), bound) << a.name;
        }
}

TEST(FusedModuleAlone, evaluatesInPartsWhatItEvaluatesAtOnce)
{
    const Smooth s;
    const auto inParts = fused(s.list, s.start, {.parts = 4}), whole = fused(s.list, s.start);
    const std::vector<float> expected = whole->evaluate(s.batch.images.data(), 10);
    EXPECT_LE(difference(inParts->evaluate(s.batch.images.data(), 10), expected, largest(expected)), 1e-6);
}

/// Images of the network's shape, and a batch of them in which some are shifted and flipped.
struct Set {
    explicit Set(const Network& n, int count = 12)
        : pixels(static_cast<std::size_t>(count) * n.inputChannels * n.resolution * n.resolution)
    {
        Random random(3, 0);
        for (std::uint8_t& pixel : pixels)
            pixel = static_cast<std::uint8_t>(random.below(256));
        source = {pixels.data(), n.inputChannels, n.resolution, scale.data(), shift.data(), count};
    }
    BatchChoice choice(int first, int count) const { return {source, items.data() + first, count}; }

    std::vector<std::uint8_t> pixels;
    std::vector<float> scale{1 / 64.0f, 1 / 70.0f, 1 / 80.0f}, shift{-2, -1.5f, -1};
    BatchSource source;
    const std::vector<BatchItem> items{{.image = 3}, {.image = 11, .down = 1, .right = -2}, {.image = 0, .flip = 1},
                                       {.image = 5}, {.image = 3, .down = -4, .flip = 1},   {.image = 7},
                                       {.image = 2}};
    const std::vector<std::uint8_t> labels{1, 2, 3, 4, 5, 6, 7};
};

TEST(FusedModuleAlone, gathersOnTheDeviceWhatOthersGatherOnTheHost)
{
    Smooth s;
    for (const int parts : {1, 3}) {
        const Set set(s.network);
        const auto onDevice = fused(s.list, s.start, {.parts = parts}),
                   onHost = fused(s.list, s.start, {.parts = parts});
        for (const auto& [first, count] : {std::pair{0, 7}, {2, 4}, {0, 7}}) {
            const Module::Pass ours = onDevice->trainOn(set.choice(first, count), set.labels.data() + first, 0.1),
                               theirs =
                                   onHost->Module::trainOn(set.choice(first, count), set.labels.data() + first, 0.1);
            EXPECT_EQ(ours.logits, theirs.logits);
            EXPECT_EQ(ours.loss, theirs.loss);
        }
        EXPECT_EQ(onDevice->gradients(), onHost->gradients());
        EXPECT_EQ(onDevice->evaluateOn(set.choice(1, 5)), onHost->Module::evaluateOn(set.choice(1, 5)));
    }
}

TEST(FusedModuleAlone, readsItsImagesOnTheDeviceOnceTheyAreThere)
{
    Smooth s;
    Set set(s.network);
    const auto module = fused(s.list, s.start);
    const std::vector<float> before = module->evaluateOn(set.choice(0, 7));
    std::fill(set.pixels.begin(), set.pixels.end(), std::uint8_t{0}); // on the host, where nobody looks any more
    EXPECT_EQ(module->evaluateOn(set.choice(0, 7)), before);
}

TEST(FusedModuleAlone, takesBatchesOfAnySizeInAnyOrder)
{
    const Smooth s;
    const auto one = fused(s.list, s.start), other = fused(s.list, s.start);
    s.pass(*one, 0, 9);
    s.pass(*one, 0, 4);
    other->evaluate(s.batch.images.data(), 2);
    s.pass(*other, 0, 9);
    other->evaluate(s.batch.images.data(), 9);
    s.pass(*other, 0, 4);
    EXPECT_EQ(one->gradients(), other->gradients());
    EXPECT_EQ(one->state(), other->state());
}

/// The distance of two gradients as a share of the second one's length.
double distance(const std::vector<NamedArray>& a, const std::vector<NamedArray>& b)
{
    double distance = 0, length = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].values.size(); ++j) {
            distance += std::pow(a[i].values[j] - b[i].values[j], 2);
            length += std::pow(b[i].values[j], 2);
        }
    return std::sqrt(distance / length);
}

/// bfloat16 keeps 8 bits: each number is off by up to 0.4 %.
TEST(FusedModuleAlone, computesInBf16WhatItComputesInFp32ButForRounding)
{
    const Smooth s;
    const auto half = fused(s.list, s.start, {.precision = Precision::bf16}), full = fused(s.list, s.start);
    const Module::Pass ours = s.pass(*half, 0, 10), theirs = s.pass(*full, 0, 10);
    EXPECT_NEAR(ours.loss, theirs.loss, 0.01 * theirs.loss);
    EXPECT_LE(distance(half->gradients(), full->gradients()), 0.05);
    EXPECT_GT(distance(half->gradients(), full->gradients()), 1e-4); // it is not fp32
}

} // namespace
