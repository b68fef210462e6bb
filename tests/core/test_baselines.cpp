// The networks that the paper compares with: complexities as pycls counts them and as the paper prints them.
#include "core/design/fitted.h"
#include "core/design/sampler.h"
#include "core/error.h"
#include "core/exchange/space_file.h"
#include "tests/core/reference_networks.h"

using namespace spacewright;

namespace {

Sample only(const Space& space)
{
    return draw(space, 7, 1).samples.at(0);
}

} // namespace

TEST(Baselines, areTheAuthorsNetworks)
{
    for (const test::ReferenceNetwork& r : test::referenceNetworks()) {
        const Sample s = only(namedSpace(r.name));
        EXPECT_EQ(s.complexity, r.expected) << r.name;
        EXPECT_EQ(s.network.stages.size(), r.network.stages.size()) << r.name;
        EXPECT_EQ(s.regNet, r.regNet) << r.name;
    }
}

TEST(Baselines, thatWereNotMeasuredHaveThePapersComplexity)
{
    // Radosavovic et al. 2020, table 3 and figure 16: flops (G), params (M), activations (M), as printed, but for
    // the 0.2 M activations of the ResNets' max pool, which the paper leaves out and pycls counts.
    struct Row {
        const char* name;
        double flops, params, activations;
    };
    const Row rows[] = {{"ResNet-101", 7.8, 44.6, 16.4},    {"ResNeXt-101", 8.0, 44.2, 21.4},
                        {"RegNetY-400MF", 0.4, 4.3, 3.9},   {"RegNetY-800MF", 0.8, 6.3, 5.2},
                        {"RegNetY-4.0GF", 4.0, 20.6, 12.3}, {"RegNetY-8.0GF", 8.0, 39.2, 18.0},
                        {"RegNetY-16GF", 15.9, 83.6, 23.0}, {"RegNetY-32GF", 32.3, 145.0, 30.3}};
    for (const Row& row : rows) {
        const Complexity c = only(namedSpace(row.name)).complexity;
        EXPECT_NEAR(c.flops / 1e9, row.flops, 0.051) << row.name;
        EXPECT_NEAR(c.params / 1e6, row.params, 0.051) << row.name;
        EXPECT_NEAR(c.activations / 1e6, row.activations, 0.051) << row.name;
    }
}

TEST(Baselines, efficientNetsAreScaledAsTheAuthorsConfigureThem)
{
    const Network b5 = only(namedSpace("EfficientNet-B5")).network;
    std::vector<int> depths, widths;
    for (const Stage& s : b5.stages) {
        depths.push_back(s.depth);
        widths.push_back(s.width);
    }
    EXPECT_EQ(depths, (std::vector{3, 5, 5, 7, 7, 9, 3}));
    EXPECT_EQ(widths, (std::vector{24, 40, 64, 128, 176, 304, 512}));
    EXPECT_EQ(b5.stemWidth, 48);
    EXPECT_EQ(b5.headWidth, 2048);
    EXPECT_EQ(b5.resolution, 456);
    EXPECT_NEAR(only(namedSpace("EfficientNet-B1")).complexity.params / 1e6, 7.8, 0.051);
    EXPECT_NEAR(only(namedSpace("EfficientNet-B3")).complexity.params / 1e6, 12, 0.51);
}

TEST(Baselines, likeVggAndMobileNetV2HaveTheirSizes)
{
    // 14,710,464 weights in VGG-16's convolutions (Simonyan and Zisserman 2015, configuration D), 4,224 channels.
    const Complexity vgg = only(namedSpace("VGG-16-like")).complexity;
    EXPECT_EQ(vgg.params, 14'710'464 + 2 * 4'224 + 512 * 1000 + 1000);
    // Sandler et al. 2018, table 4: 300 M multiply-adds; torchvision counts 3,504,872 parameters.
    const Complexity mobile = only(namedSpace("MobileNetV2-like")).complexity;
    EXPECT_EQ(mobile.params, 3'504'872);
    EXPECT_NEAR(mobile.flops / 1e6, 300, 1.5);
}

TEST(Baselines, holdOneNetworkEach)
{
    for (const Space& space : baselines()) {
        EXPECT_EQ(dimensions(space), 0) << space.name;
        EXPECT_NEAR(log10Size(space), 0, 1e-12) << space.name;
        EXPECT_NEAR(log10ExactSize(space), 0, 1e-12) << space.name;
        EXPECT_THROW(draw(space, 7, 2), Error) << space.name;
    }
}

TEST(Baselines, areReadAsTheyAreWritten)
{
    for (const Space& space : baselines())
        EXPECT_EQ(spaceFromText(toText(space)), space) << space.name;
    EXPECT_EQ(spaceFromNameOrFile("ResNet-50"), namedSpace("ResNet-50"));
    const Space written =
        spaceFromText("networks: [{depths: [1, 2], widths: [16, 32], bottleneck_ratios: [1, 1], "
                      "group_widths: [8, 8], strides: [1, 2], stem: res_stem_cifar, stem_width: 16, "
                      "block: res_bottleneck_block, input_channels: 1, resolution: 28, classes: 10}]");
    EXPECT_EQ(written.stages, 2);
    EXPECT_EQ(written.prototype.resolution, 28);
    EXPECT_EQ(totalDepth(only(written).network), 3);
    EXPECT_THROW(spaceFromText("networks: []"), Error);
    EXPECT_THROW(spaceFromText("networks: 3"), Error);
    EXPECT_THROW(spaceFromText("networks: [{depths: [1]}]"), Error);
}

TEST(Baselines, ofAListAreDrawnInEqualShares)
{
    Space both = namedSpace("ResNet-50");
    both.name = "both";
    both.networks.push_back(namedSpace("EfficientNet-B0").networks[0]);
    int residual = 0;
    for (int seed = 0; seed < 400; ++seed)
        residual += draw(both, seed, 1).samples[0].network.block == BlockType::bottleneck;
    EXPECT_NEAR(residual, 200, 40); // four standard deviations
    EXPECT_EQ(draw(both, 1, 2).samples.size(), 2u);
    const Space small = constrained(both, constraintFrom("params=:10M"));
    EXPECT_EQ(draw(small, 1, 1).samples[0].network.block, BlockType::mbconv);
    EXPECT_THROW(draw(small, 1, 2), Error);
    EXPECT_THROW(draw(constrained(both, constraintFrom("params=:1M")), 1, 1), Error);
}

TEST(Baselines, areFittedToADataSet)
{
    const Network n = only(fittedTo(namedSpace("EfficientNet-B0"), 1, 28, 10)).network;
    EXPECT_EQ(n.inputChannels, 1);
    EXPECT_EQ(n.resolution, 28);
    EXPECT_EQ(n.classes, 10);
    EXPECT_EQ(n.stem, StemType::cifar);
}
