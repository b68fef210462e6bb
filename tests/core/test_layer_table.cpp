// A network as a table of rows: nothing is lost, and what belongs together stands together.
#include "core/network/layer_table.h"
#include "core/error.h"
#include "tests/core/reference_networks.h"

using namespace spacewright;

namespace {

Network twoStages()
{
    Network network{.stem = StemType::cifar, .stemWidth = 16, .stages = {}, .inputChannels = 1, .resolution = 28, .classes = 10};
    network.stages = {{.depth = 1, .width = 16, .groupWidth = 8, .stride = 1}, {.depth = 2, .width = 32}};
    return network;
}

std::vector<std::string> names(const std::vector<LayerRow>& rows)
{
    std::vector<std::string> result;
    for (const LayerRow& row : rows)
        result.push_back(row.layer.name);
    return result;
}

TEST(LayerTable, addsUpToThePublishedComplexityAndHoldsEachLayerOnce)
{
    for (const test::ReferenceNetwork& reference : test::referenceNetworks()) {
        Complexity sum;
        int next = 1;
        for (const LayerRow& row : layerTable(reference.network)) {
            sum.flops += row.complexity.flops;
            sum.params += row.complexity.params;
            sum.activations += row.complexity.activations;
            EXPECT_EQ(row.first, next) << reference.name;
            EXPECT_EQ(row.last - row.first, std::ssize(row.then)) << row.layer.name;
            next = row.last + 1;
        }
        EXPECT_EQ(sum, reference.expected) << reference.name;
        EXPECT_EQ(next, std::ssize(layers(reference.network))) << reference.name;
    }
}

TEST(LayerTable, aConvolutionTakesItsNormActivationAndAdditionAlong)
{
    const std::vector<LayerRow> rows = layerTable(twoStages());
    EXPECT_EQ(names(rows), (std::vector<std::string>{"stem.conv", "s1.b1.f.a", "s1.b1.f.b", "s1.b1.f.c", "s2.b1.proj",
                                                     "s2.b1.f.a", "s2.b1.f.b", "s2.b1.f.c", "s2.b2.f.a", "s2.b2.f.b",
                                                     "s2.b2.f.c", "head.avg_pool"}));
    EXPECT_EQ(rows[1].then, (std::vector{Op::batchNorm, Op::relu}));
    EXPECT_EQ(rows[3].then, (std::vector{Op::batchNorm, Op::add, Op::relu}));
    EXPECT_EQ(rows[4].then, std::vector{Op::batchNorm});
    EXPECT_EQ(rows[11].then, std::vector{Op::linear});
    EXPECT_EQ(rows[11].outWidth, 10);
    EXPECT_EQ(rows[6].layer.inSize, 28);
    EXPECT_EQ(rows[6].outSize, 14);
}

TEST(LayerTable, aSqueezeAndExcitationIsOneRow)
{
    Network network = twoStages();
    network.seRatio = 0.25;
    const std::vector<LayerRow> rows = layerTable(network);
    EXPECT_EQ(rows[3].layer.name, "s1.b1.f.se.avg_pool");
    EXPECT_EQ(rows[3].then, (std::vector{Op::conv, Op::relu, Op::conv, Op::sigmoid, Op::scale}));
    EXPECT_EQ(rows[3].outSize, 28);
    EXPECT_EQ(rows[4].layer.name, "s1.b1.f.c");
}

TEST(LayerTable, timeIsSharedAmongTheRows)
{
    const std::vector<LayerRow> rows = layerTable(twoStages());
    std::vector<double> seconds(layers(twoStages()).size());
    EXPECT_EQ(timeShares(rows, seconds), std::vector<double>(rows.size())) << "nothing was measured";
    seconds[static_cast<std::size_t>(rows[1].first)] = 1;
    seconds[static_cast<std::size_t>(rows[1].last)] = 2;
    seconds.back() = 1;
    const std::vector<double> shares = timeShares(rows, seconds);
    EXPECT_EQ(shares[1], 0.75);
    EXPECT_EQ(shares.back(), 0.25);
}

TEST(LayerTable, stagesHaveTheSizeThatTheirStridesLeave)
{
    EXPECT_EQ(stageSizes(twoStages()), (std::vector{28, 14}));
    EXPECT_THROW(stageSizes({}), Error);
}

} // namespace
