// Published networks: their complexity, their layer lists, RegNet's widths, the compatibility rule.
#include "core/network/compatibility.h"
#include "core/design/sampler.h"
#include "core/error.h"
#include "core/network/layers.h"
#include "tests/core/reference_networks.h"
#include <set>

using namespace spacewright;
using test::ReferenceNetwork;

namespace {

/// The counting rules of METHOD section 1, applied to a layer list.
Complexity counted(const std::vector<Layer>& list)
{
    Complexity c;
    for (const Layer& l : list) {
        const std::int64_t positions = static_cast<std::int64_t>(l.outSize) * l.outSize;
        const std::int64_t outputs = l.outWidth * positions;
        const std::int64_t weights = static_cast<std::int64_t>(l.kernel) * l.kernel * l.inWidth * l.outWidth / l.groups;
        if (l.op == Op::conv || l.op == Op::linear) {
            c.flops += weights * positions + (l.bias ? outputs : 0);
            c.params += weights + (l.bias ? l.outWidth : 0);
            c.activations += outputs;
        } else if (l.op == Op::batchNorm) {
            c.params += 2 * l.outWidth;
        } else if (l.op == Op::maxPool) {
            c.activations += outputs;
        }
    }
    return c;
}

class Published : public testing::TestWithParam<ReferenceNetwork> {};
class PublishedRegNet : public Published {};

std::vector<ReferenceNetwork> regNets()
{
    auto all = test::referenceNetworks();
    std::erase_if(all, [](const ReferenceNetwork& r) { return !r.regNet; });
    return all;
}

std::string plainName(const testing::TestParamInfo<ReferenceNetwork>& info)
{
    std::string name = info.param.name;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
    return name;
}

} // namespace

TEST_P(Published, hasTheComplexityThatPyclsCounts)
{
    EXPECT_EQ(complexity(GetParam().network), GetParam().expected);
}

TEST_P(Published, layerListCountsTheSame)
{
    EXPECT_EQ(counted(layers(GetParam().network)), GetParam().expected);
}

TEST_P(Published, layersAreNamedOnceAndReadEarlierOnes)
{
    const auto list = layers(GetParam().network);
    std::set<std::string> names;
    for (int i = 0; i < static_cast<int>(list.size()); ++i) {
        EXPECT_TRUE(names.insert(list[i].name).second) << list[i].name;
        EXPECT_LT(list[i].input, i);
        EXPECT_LT(list[i].other, i);
        if (list[i].op == Op::add) {
            EXPECT_EQ(list[list[i].input].outWidth, list[list[i].other].outWidth);
            EXPECT_EQ(list[list[i].input].outSize, list[list[i].other].outSize);
        }
    }
}

TEST_P(PublishedRegNet, parametersGenerateItsStages)
{
    const auto& expected = GetParam().json["regnet_generated"];
    const RegNetWidths w = regNetWidths(*GetParam().regNet);
    EXPECT_EQ(w.widths, expected["ws_before_compat"].get<std::vector<int>>());
    EXPECT_EQ(w.depths, expected["ds"].get<std::vector<int>>());
    EXPECT_EQ(w.perBlock, expected["ws_per_block"].get<std::vector<int>>());
    EXPECT_EQ(w.levels, expected["total_stages"].get<int>());
    Network prototype = GetParam().network;
    EXPECT_EQ(regNet(*GetParam().regNet, prototype), GetParam().network);
}

TEST(Network, ofEveryNamedSpaceIsCountedAsItsLayersAre)
{
    for (const Space& space : namedSpaces()) {
        for (const Sample& s : draw(space, 5, 5).samples) {
            const auto list = layers(s.network);
            EXPECT_EQ(counted(list), s.complexity) << space.name;
            std::set<std::string> names;
            for (const Layer& l : list)
                EXPECT_TRUE(names.insert(l.name).second) << space.name << ": " << l.name;
        }
    }
}

TEST(Network, vAndVrBlocksAreOneConvolutionWithoutAndWithASkip)
{
    Network n{.stemWidth = 8,
              .block = BlockType::single,
              .stages = {{.depth = 2, .width = 16}},
              .resolution = 32,
              .classes = 10};
    EXPECT_EQ(complexity(n), (Complexity{55296 + 73728 + 147456 + 170, 232 + 1184 + 2336 + 170, 4106}));
    n.block = BlockType::residualSingle; // the first block's skip is a projection
    EXPECT_EQ(complexity(n), (Complexity{276650 + 8192, 3922 + 160, 4106 + 1024}));
    EXPECT_EQ(counted(layers(n)), complexity(n));
    const auto list = layers(n);
    EXPECT_EQ(std::count_if(list.begin(), list.end(), [](const Layer& l) { return l.op == Op::add; }), 2);
}

TEST(Network, rBlocksHaveNoGroups)
{
    for (const char* name : {"AnyNetR_A", "RegNetR"})
        for (const Sample& s : draw(namedSpace(name), 6, 20).samples)
            for (const Layer& l : layers(s.network))
                EXPECT_EQ(l.groups, 1) << name;
}

INSTANTIATE_TEST_SUITE_P(Networks, Published, testing::ValuesIn(test::referenceNetworks()), plainName);
INSTANTIATE_TEST_SUITE_P(Networks, PublishedRegNet, testing::ValuesIn(regNets()), plainName);

TEST(Compatibility, roundsHalfToEven)
{
    const Fit fit = fitted(392, 1, 16);
    EXPECT_EQ(fit.width, 384); // 24.5 groups become 24, where torchvision makes 25
    EXPECT_EQ(fit.groupWidth, 16);
}

TEST(Compatibility, clipsTheGroupWidthToTheBottleneck)
{
    const Fit fit = fitted(8, 4, 32);
    EXPECT_EQ(fit.groupWidth, 2);
    EXPECT_EQ(fit.width, 8);
}

TEST(Compatibility, keepsWholeWidthsForInvertedBottlenecks)
{
    const Fit fit = fitted(8, 1.0 / 6, 7); // the 3x3's 48 becomes a multiple of lcm(7, 6) = 42
    EXPECT_EQ(fit.width, 7);
    EXPECT_EQ(fit.groupWidth, 7);
}

TEST(Network, refusesAWidthThatDoesNotFitItsGroupWidth)
{
    Network n;
    n.stages = {{.depth = 1, .width = 20, .groupWidth = 16}};
    EXPECT_THROW(check(n), Error);
    EXPECT_THROW(layers(n), Error);
    n.stages[0].width = 32;
    EXPECT_NO_THROW(check(n));
}

TEST(Network, refusesWhatCannotBeBuilt)
{
    Network n;
    EXPECT_THROW(check(n), Error); // no stages
    n.stages = {{.depth = 0, .width = 8}};
    EXPECT_THROW(check(n), Error);
    n.stages = {{.depth = 600, .width = 8}};
    EXPECT_THROW(check(n), Error);
    n.stages = {{.depth = 1, .width = 8, .bottleneckRatio = std::nan("")}};
    EXPECT_THROW(check(n), Error);
}

TEST(RegNet, rejectsAMultiplierOfOne)
{
    EXPECT_THROW(regNetWidths({.depth = 10, .initialWidth = 24, .slope = 8, .multiplier = 1}), Error);
}

TEST(RegNet, rejectsAnInitialWidthThatIsNoMultipleOfEight)
{
    EXPECT_THROW(regNetWidths({.depth = 10, .initialWidth = 20, .slope = 8, .multiplier = 2}), Error);
}

TEST(CompatibilityRule, makesEveryStageBuildableAndLeavesBuiltOnesAlone)
{
    Network n;
    n.stages = {{.depth = 1, .width = 20, .groupWidth = 16},
                {.depth = 2, .width = 100, .bottleneckRatio = 4, .groupWidth = 64}};
    EXPECT_THROW(check(n), Error);
    const Network built = compatible(n);
    EXPECT_NO_THROW(check(built));
    EXPECT_EQ(built.stages[0].width, 16);
    EXPECT_EQ(built.stages[1].groupWidth, 25);
    EXPECT_EQ(compatible(built), built);
    n.block = BlockType::basic;
    EXPECT_EQ(compatible(n), n);
}
