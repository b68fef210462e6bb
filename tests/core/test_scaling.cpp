// Scaling rules: the flops asked for, in order, and nothing changed at factor 1.
#include "core/network/scaling.h"
#include "core/design/sampler.h"
#include "core/error.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

constexpr ScalingRule rules[] = {ScalingRule::depth, ScalingRule::width, ScalingRule::resolution,
                                 ScalingRule::compound};

Network published(const char* name)
{
    return draw(namedSpace(name), 1, 1).samples.front().network;
}

TEST(Scaling, factorOneChangesNothing)
{
    for (const char* space : {"AnyNetX_A", "RegNetX-pycls", "RegNetY", "RegNetX-inverted", "AnyNetR_A"})
        for (const Sample& sample : draw(namedSpace(space), 3, 50).samples)
            for (const ScalingRule rule : rules) {
                EXPECT_EQ(scaled(sample.network, scaleOf(rule, 1)), sample.network);
                EXPECT_EQ(scaledTo(sample.network, rule, sample.complexity.flops).complexity.flops,
                          sample.complexity.flops);
            }
}

TEST(Scaling, reachesTheFlopsAskedFor)
{
    for (const char* name : {"RegNetX-400MF", "RegNetY-800MF", "ResNet-50", "EfficientNet-B0"}) {
        const Network network = published(name);
        const auto flops = static_cast<double>(complexity(network).flops);
        for (const ScalingRule rule : rules)
            for (const double factor : {0.5, 1.5, 2.0, 4.0}) {
                const auto wanted = static_cast<std::int64_t>(factor * flops);
                const ScaledNetwork result = scaledTo(network, rule, wanted);
                EXPECT_EQ(result.complexity, complexity(result.network));
                const double off = std::abs(static_cast<double>(result.complexity.flops) / (factor * flops) - 1);
                EXPECT_LT(off, rule == ScalingRule::depth ? 0.06 : 0.04)
                    << name << " by " << toText(rule) << ", " << factor << ": " << result.complexity.flops;
            }
    }
}

TEST(Scaling, flopsGrowWithTheFactor)
{
    const Network network = published("RegNetX-400MF");
    for (const ScalingRule rule : rules) {
        std::int64_t before = 0;
        for (double factor = 0.2; factor < 8; factor *= 1.05) {
            const std::int64_t flops = complexity(scaled(network, scaleOf(rule, factor))).flops;
            EXPECT_GE(flops, before) << toText(rule) << " " << factor;
            before = flops;
        }
    }
}

TEST(Scaling, aRuleChangesOnlyWhatItSays)
{
    const Network network = published("RegNetX-400MF");
    const std::int64_t twice = 2 * complexity(network).flops;
    const Network deep = scaledTo(network, ScalingRule::depth, twice).network;
    const Network wide = scaledTo(network, ScalingRule::width, twice).network;
    const Network large = scaledTo(network, ScalingRule::resolution, twice).network;
    EXPECT_EQ(deep.resolution, network.resolution);
    EXPECT_EQ(large.stages, network.stages);
    EXPECT_NEAR(large.resolution, 224 * std::sqrt(2), 16) << "sizes change in steps of the total stride, 32";
    EXPECT_GT(wide.stemWidth, network.stemWidth);
    for (std::size_t i = 0; i < network.stages.size(); ++i) {
        EXPECT_EQ(deep.stages[i].width, network.stages[i].width);
        EXPECT_GE(deep.stages[i].depth, network.stages[i].depth);
        EXPECT_EQ(wide.stages[i].depth, network.stages[i].depth);
        EXPECT_EQ(wide.stages[i].width % wide.stages[i].groupWidth, 0);
        EXPECT_EQ(wide.stages[i].groupWidth, network.stages[i].groupWidth);
    }
}

TEST(Scaling, compoundFollowsTheRatiosOfEfficientNet)
{
    const Scale scale = scaleOf(ScalingRule::compound, 1.2 * 1.1 * 1.1 * 1.15 * 1.15);
    EXPECT_NEAR(scale.depth, 1.2, 1e-12);
    EXPECT_NEAR(scale.width, 1.1, 1e-12);
    EXPECT_NEAR(scale.resolution, 1.15, 1e-12);
}

TEST(Scaling, whatARuleCannotReachIsSaid)
{
    const Network network = published("RegNetX-400MF");
    const auto sentence = [&](ScalingRule rule, std::int64_t flops) {
        try {
            scaledTo(network, rule, flops);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_NE(sentence(ScalingRule::depth, 1000).find("By depth alone this network comes no closer to 1000"),
              std::string::npos)
        << sentence(ScalingRule::depth, 1000);
    EXPECT_NE(sentence(ScalingRule::depth, 1'000'000'000'000).find("comes no closer"), std::string::npos);
    EXPECT_NE(sentence(ScalingRule::width, 0).find("at least one flop"), std::string::npos);
    EXPECT_THROW(scaled(network, {.depth = -1}), Error);
    EXPECT_THROW(scaled(network, {.width = std::nan("")}), Error);
}

} // namespace
} // namespace spacewright
