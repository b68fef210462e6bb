// The terminal program's commands that look at the training engine: bench, verify, doctor.
#include "program.h"
#include <gtest/gtest.h>
#include <algorithm>

namespace {

using nlohmann::json;

const std::string golden = TEST_DATA "/golden/regnetx_tiny.json";

TEST(CliEngine, benchTrainCountsImagesOfAllWorkersTogether)
{
    for (const char* options : {"", " --reference", " --workers 2 --batch 5"}) {
        const Result result = cli("bench train --json --seconds 0.1 --network " + golden + options);
        ASSERT_EQ(result.code, 0) << result.err;
        const json list = result.json();
        ASSERT_EQ(list.size(), 5u);
        EXPECT_EQ(list[0]["name"], "train");
        EXPECT_EQ(list[0]["unit"], "images_per_second");
        for (const json& row : list)
            EXPECT_GT(row["value"], 0) << row;
        EXPECT_LT(list[2]["value"], 100) << "percent of a core's peak";
    }
}

TEST(CliEngine, benchTrainTakesTheProgramsOwnNetworksAndRefusesOtherFiles)
{
    const Folder folder;
    const auto network = folder.write("network.json", R"({"depths": [1], "widths": [8], "bottleneck_ratios": [1],
        "group_widths": [8], "strides": [2], "stem": "res_stem_cifar", "stem_width": 8, "block": "res_bottleneck_block",
        "input_channels": 1, "resolution": 8, "classes": 10})");
    const Result result = cli("bench train --seconds 0.1 --network " + inQuotes(network));
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find(" images per second; "), std::string::npos) << result.out;
    EXPECT_EQ(cli("bench train --network " + inQuotes(folder.write("a", "{\"args\": 3}"))).code, 1);
    EXPECT_EQ(cli("bench train --network " + inQuotes(folder.write("b", "no network"))).code, 1);
    EXPECT_EQ(cli("bench train --network " + golden + " --batch 0").code, 2);
    EXPECT_EQ(cli("bench").code, 2);
}

TEST(CliEngine, verifyGivesTheErrorsOfEachFile)
{
    const Folder folder;
    const auto foreign = folder.write("foreign.json", "{}");
    const Result result = cli("verify --json " + golden + " " + inQuotes(foreign));
    EXPECT_EQ(result.code, 1);
    const json list = result.json();
    ASSERT_EQ(list.size(), 2u);
    for (const char* error : {"logits_error", "loss_error", "gradient_error", "step_error"}) {
        EXPECT_GT(list[0][error], 0) << error;
        EXPECT_LT(list[0][error], 2e-5) << error;
    }
    EXPECT_TRUE(list[1]["error"].is_string());
    EXPECT_NE(result.err.find("1 of 2 files"), std::string::npos) << result.err;
}

TEST(CliEngine, refusesADeviceThatIsNotThereWithThoseThatAre)
{
    for (const char* command : {"bench train --seconds 0.1 --network ", "verify "}) {
        const Result result = cli(command + golden + " --device cuda:99");
        EXPECT_EQ(result.code, 1);
        EXPECT_NE(result.err.find("offer: cpu"), std::string::npos) << result.err;
    }
    EXPECT_EQ(cli("verify --device gpu " + golden).code, 2);
}

TEST(CliEngine, doctorHoldsTheCompiledStepAgainstLibTorch)
{
    const json checks = cli("doctor --json").json();
    const auto step =
        std::find_if(checks.begin(), checks.end(), [](const json& check) { return check["check"] == "training step"; });
    ASSERT_NE(step, checks.end());
    EXPECT_TRUE((*step)["ok"]) << (*step)["detail"];
}

} // namespace
