// The terminal program on a person's own images: looked over, made into a study, trained.
#include "program.h"
#include <gtest/gtest.h>

namespace {

using nlohmann::json;

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// 90 images of 16 x 16 in three classes, bright in one third each.
std::string table()
{
    std::string text = "label";
    for (int i = 0; i < 256; ++i)
        text += ",p" + std::to_string(i);
    for (int image = 0; image < 90; ++image) {
        text += "\n" + std::to_string(image % 3);
        for (int i = 0; i < 256; ++i)
            text += "," + std::to_string((i / 16 / 6 == image % 3 ? 150 : 0) + (image * 7 + i * 13) % 50);
    }
    return text + "\n";
}

std::string detailOf(const json& list, const std::string& check)
{
    for (const json& one : list)
        if (one["check"] == check)
            return one["detail"];
    return "no check " + check;
}

TEST(CliData, doctorLooksADataSetOver)
{
    const Folder folder;
    const std::string data = inQuotes(folder.write("images.csv", table()));
    const Result result = cli("doctor " + data + " --split-seed 3 --json");
    EXPECT_EQ(result.code, 0) << result.err << result.out;
    const json list = result.json();
    EXPECT_EQ(detailOf(list, "form"), "CSV");
    EXPECT_TRUE(has(detailOf(list, "images"), "16x16 pixels, 1 channel"));
    EXPECT_TRUE(has(detailOf(list, "classes"), "3, ")) << list;
    EXPECT_EQ(detailOf(list, "split"), "training: 63 images; validation: 12 of 75 training images, drawn by split seed "
                                       "3; test: 15 of 90 images, drawn by split seed 3.");
    for (const json& check : list)
        EXPECT_EQ(check.size(), 3u);
    EXPECT_TRUE(has(cli("doctor " + data + " --validation-images 20 --json").out, "validation: 20 of 75"));
    EXPECT_TRUE(has(cli("doctor " + data).out, "mean and deviation"));
}

TEST(CliData, doctorSaysWhatIsWrongWithADataSet)
{
    const Folder folder;
    const Result broken = cli("doctor " + inQuotes(folder.write("images.csv", table() + "1,2,3\n")) + " --json");
    EXPECT_EQ(broken.code, 1);
    EXPECT_FALSE(broken.json()[0]["ok"]);
    EXPECT_TRUE(has(broken.json()[0]["detail"], "line 92")) << broken.out;
    const Result missing = cli("doctor " + inQuotes(folder / "none") + " --json");
    EXPECT_EQ(missing.code, 1);
    EXPECT_TRUE(has(missing.json()[0]["detail"], "There is no data set"));
}

TEST(CliData, theSplitSeedIsPartOfTheStudy)
{
    const Folder folder;
    const std::string study = inQuotes(folder / "a.study");
    const std::string make = "new " + study +
                             " --space AnyNetX_A --constrain d=1:6 --flops 20k:400k --models 1 --data " +
                             inQuotes(folder.write("images.csv", table())) + " --split-seed 5 --batch 16 --epochs 2";
    const Result tooFew = cli(make);
    EXPECT_EQ(tooFew.code, 1);
    EXPECT_TRUE(has(tooFew.err, "75 training images") && has(tooFew.err, "--validation-images")) << tooFew.err;
    ASSERT_EQ(cli(make + " --training-images 0 --validation-images 15").code, 0);
    const Result trained = cli("run " + study + " --json");
    EXPECT_EQ(trained.json()["finished"], 1) << trained.err;
    ASSERT_EQ(cli("report " + study + " -o " + inQuotes(folder / "a.md")).code, 0);
    const std::string report = contents(folder / "a.md");
    EXPECT_TRUE(has(report.substr(report.find("split\\_seed")).substr(0, 20), "5")) << report;
}

} // namespace
