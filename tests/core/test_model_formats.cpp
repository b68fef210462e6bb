// The table of formats, and what the formats cannot express.
#include "core/exchange/exported_model.h"
#include "core/exchange/library_code.h"
#include "tests/core/study_fixture.h"
#include <set>

using namespace spacewright;

namespace {

ExportedModel small()
{
    const Sample sample = smallSample(1);
    return {.title = "Test", .sample = sample, .network = {layers(sample.network), {}}};
}

TEST(ModelFormats, haveNamesOfTheirOwnAndRefuseOthersByListingThem)
{
    std::set<std::string> names;
    for (const ModelFormat& format : modelFormats()) {
        EXPECT_TRUE(names.insert(format.name).second) << format.name;
        EXPECT_EQ(&modelFormat(format.name), &format);
        EXPECT_ERROR(modelFormat("keras"), format.name);
    }
}

TEST(ModelFormats, writeTheSameBytesForTheSameNetwork)
{
    for (const ModelFormat& format : modelFormats())
        EXPECT_EQ(format.write(small()), format.write(small())) << format.name;
}

TEST(ModelFormats, sayWhatALibraryCannotExpress)
{
    ExportedModel model = small();
    model.sample.network.headWidth = 32;
    EXPECT_ERROR(toTorchvisionCode(model), "no convolution before the pooling");
    model.sample.network.stages.resize(5, model.sample.network.stages.front());
    EXPECT_ERROR(toTimmCode(model), "this network has 5");
    model.sample.network.block = BlockType::basic;
    EXPECT_ERROR(toTorchvisionCode(model), "no block \"res_basic_block\"");
    EXPECT_ERROR(toTimmCode(model), "no block \"res_basic_block\"");
}

TEST(ShortForm, isExactForThePapersOwnNetworkAndNamesTheFirstDifference)
{
    // RegNetX-200MF: torchvision and timm build it from the same parameters (Radosavovic et al. 2020, table 8).
    const RegNetParameters parameters{
        .depth = 13, .initialWidth = 24, .slope = 36.44, .multiplier = 2.49, .groupWidth = 8};
    Sample sample;
    sample.regNet = parameters;
    sample.network.stages = regNetStages(parameters, Library::timm);
    ASSERT_EQ(sample.network.stages.size(), 4u);
    EXPECT_EQ(sample.network.stages[3].width, 368);
    EXPECT_EQ(shortFormStatement(sample, Library::timm), "exact");
    EXPECT_EQ(shortFormStatement(sample, Library::torchvision), "exact");
    sample.network.stages[2].width = 160;
    EXPECT_EQ(shortFormStatement(sample, Library::timm), "differs: the width of stage 3 is 160 here and 152 there");
    sample.regNet.reset();
    EXPECT_EQ(shortFormStatement(sample, Library::timm), "");
}

} // namespace
