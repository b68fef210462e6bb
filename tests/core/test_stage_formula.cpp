// Complexity by formulas, against the whole network's count; and tables of indices, against their weights.
#include "core/network/stage_formula.h"
#include "core/design/alias_table.h"
#include "core/design/sampler.h"
#include "tests/core/chi_square.h"
#include <gtest/gtest.h>

using namespace spacewright;

namespace {

constexpr Measure measures[] = {&Complexity::flops, &Complexity::params, &Complexity::activations};

/// Whether the network's formulas exist; when they do, their sum is held against its complexity.
bool addsUp(const Network& network)
{
    for (const Measure measure : measures) {
        Network prototype = network;
        prototype.stages.clear();
        const auto stages = static_cast<int>(network.stages.size());
        const StageFormulas formulas(prototype, stages, network.stages[0].stride, measure);
        std::int64_t sum = 0;
        int width = network.stemWidth;
        for (int i = 0; i < stages; ++i) {
            const auto formula = formulas.of(i, network.stages[i]);
            if (!formula)
                return false;
            sum += formula->of(network.stages[i].depth, width, formulas.squeezed(width));
            width = network.stages[i].width;
        }
        EXPECT_EQ(sum, complexity(network).*measure);
    }
    return true;
}

} // namespace

TEST(StageFormula, addsUpToTheComplexityOfEveryNamedSpacesNetworks)
{
    for (Space space : namedSpaces())
        for (const StemType stem : {StemType::simple, StemType::residual, StemType::cifar})
            for (const int resolution : {224, 28, 33}) {
                space.prototype.stem = stem;
                space.prototype.resolution = resolution;
                space.prototype.headWidth = resolution == 33 ? 640 : 0;
                for (const Sample& s : draw(space, 9, 8).samples)
                    EXPECT_TRUE(addsUp(s.network)) << space.name;
            }
}

TEST(StageFormula, holdsForEveryBlockOrIsRefused)
{
    for (const BlockType block : {BlockType::bottleneck, BlockType::bottleneckLinear, BlockType::basic,
                                  BlockType::vanilla, BlockType::mbconv, BlockType::single, BlockType::residualSingle})
        for (const double seRatio : {0.0, 0.25, 0.1, 0.5}) {
            Space space = namedSpace("AnyNetX_A");
            space.prototype.block = block;
            space.prototype.seRatio = seRatio;
            for (const Sample& s : draw(space, 9, 20).samples)
                EXPECT_EQ(addsUp(s.network), block != BlockType::mbconv) << toText(block) << " " << seRatio;
        }
}

TEST(StageFormula, isRefusedWhereAStrideOfOneMayNeedNoProjection)
{
    Space space = namedSpace("AnyNetX_A");
    space.stride = 1;
    for (const Sample& s : draw(space, 9, 5).samples)
        EXPECT_FALSE(addsUp(s.network));
    // Limits hold all the same.
    for (const Sample& s : draw(constrained(space, constraintFrom("flops=1G:2G")), 9, 20).samples)
        EXPECT_TRUE(s.complexity.flops >= 1'000'000'000 && s.complexity.flops <= 2'000'000'000);
}

TEST(AliasTable, drawsByWeightAndNeverWhatHasNone)
{
    const std::vector<double> weights{0, 3, 1e-3, 0, 0.5, 7, 2};
    const AliasTable table(weights);
    constexpr int draws = 300'000;
    test::Cells cells;
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (weights[i] > 0)
            cells[static_cast<double>(i)].second = draws * weights[i] / 12.501;
    Random random(5, 0);
    for (int i = 0; i < draws; ++i)
        ++cells[table.draw(random)].first;
    EXPECT_EQ(cells.count(0) + cells.count(3), 0u);
    EXPECT_GT(test::goodnessOfFit(cells).value(), 0.001);
}
