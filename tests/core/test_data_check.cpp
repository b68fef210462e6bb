// Looking a data set over: classes, duplicates and what is said about them.
#include "core/data/data_check.h"
#include <gtest/gtest.h>

namespace spacewright {
namespace {

/// Images of one pixel in three channels.
ImageSet images(std::vector<std::uint8_t> colours, std::vector<std::uint8_t> labels)
{
    ImageSet set;
    set.count = static_cast<int>(labels.size());
    set.channels = 3;
    set.size = 1;
    set.classes = 3;
    std::vector<std::uint8_t> pixels;
    for (const std::uint8_t colour : colours)
        pixels.insert(pixels.end(), {colour, 1, 2});
    set.pixels = std::move(pixels);
    set.labels = std::move(labels);
    return set;
}

DataSet example()
{
    DataSet data;
    data.name = "example";
    data.form = "IDX";
    data.training = images({1, 2, 3, 1, 1}, {0, 1, 1, 0, 1});
    data.validation = images({2, 9, 9}, {1, 0, 0});
    data.test = images({9, 3, 8}, {0, 0, 2});
    data.mean = {0.5f, 0.25f, 0.125f};
    data.deviation = {1, 1, 1};
    data.classNames = {"ant", "bee", "cow"};
    data.split = "training: 5 images.";
    return data;
}

const DataFinding& finding(const std::vector<DataFinding>& list, const std::string& check)
{
    for (const DataFinding& one : list)
        if (one.check == check)
            return one;
    throw std::runtime_error("no finding " + check);
}

TEST(DataCheck, countsEachClassInEachSet)
{
    const std::vector<ClassCount> counts = classCounts(example());
    ASSERT_EQ(counts.size(), 3u);
    EXPECT_EQ(counts[1].name, "bee");
    EXPECT_EQ(counts[1].training, 3);
    EXPECT_EQ(counts[1].validation, 1);
    EXPECT_EQ(counts[2].training, 0);
    EXPECT_EQ(counts[2].test, 1);
    EXPECT_EQ(examplesOf(example(), 1, 2), (std::vector<int>{1, 2}));
}

TEST(DataCheck, findsEqualImagesAndThoseOfAnotherClass)
{
    const Duplicates found = duplicates(example());
    EXPECT_EQ(found.withinTraining, 2) << "1 comes three times";
    EXPECT_EQ(found.validationInTraining, 1) << "2; that 9 comes twice does no harm";
    EXPECT_EQ(found.testInOthers, 2) << "9 and 3";
    EXPECT_EQ(found.otherLabel, 2) << "the last 1, and 3";
}

TEST(DataCheck, saysWhatShouldBeMended)
{
    const std::vector<DataFinding> list = findings(example());
    EXPECT_TRUE(finding(list, "form").ok);
    EXPECT_NE(finding(list, "images").detail.find("1x1 pixels, 3 channels"), std::string::npos);
    EXPECT_FALSE(finding(list, "classes").ok);
    EXPECT_NE(finding(list, "classes").detail.find("Without training images: cow"), std::string::npos);
    EXPECT_NE(finding(list, "mean and deviation").detail.find("0.5000 0.2500 0.1250"), std::string::npos);
    EXPECT_FALSE(finding(list, "duplicates").ok);
    EXPECT_TRUE(finding(list, "broken files").ok);
    EXPECT_TRUE(finding(list, "split").ok);
}

TEST(DataCheck, listsBrokenFiles)
{
    DataSet data = example();
    for (int i = 0; i < 25; ++i)
        data.broken.add({"cats/" + std::to_string(i) + ".png", "it is empty"});
    const DataFinding broken = finding(findings(data), "broken files");
    EXPECT_FALSE(broken.ok);
    EXPECT_NE(broken.detail.find("25 left out: cats/0.png (it is empty);"), std::string::npos) << broken.detail;
    EXPECT_NE(broken.detail.find("And 5 more."), std::string::npos) << broken.detail;
}

} // namespace
} // namespace spacewright
