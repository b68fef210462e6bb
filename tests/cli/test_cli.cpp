// The terminal program's commands that need no study: spaces, sample, complexity, edf and compare of files.
#include "program.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

namespace {

using nlohmann::json;

const std::string population = TEST_DATA "/edf_population.json";

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// One sentence on standard error and nothing else.
void expectRefused(const std::string& arguments, int code, const std::string& part)
{
    const Result result = cli(arguments);
    EXPECT_EQ(result.code, code) << arguments;
    EXPECT_EQ(result.out, "") << arguments;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_TRUE(has(result.err, part)) << result.err;
}

TEST(Cli, everyCommandHasHelp)
{
    for (const char* command : {"spaces", "sample", "complexity", "new", "add", "refine", "run", "status", "edf",
                                "compare", "plot", "export", "bench", "bench sample", "verify", "doctor"}) {
        const Result result = cli(std::string(command) + " --help");
        EXPECT_EQ(result.code, 0) << command;
        EXPECT_TRUE(has(result.out, "Usage: spacewright-cli " + std::string(command))) << result.out;
        EXPECT_EQ(result.err, "");
    }
    EXPECT_TRUE(has(cli("--help").out, "complexity"));
}

TEST(Cli, wrongArgumentsAreSaidInOneSentence)
{
    expectRefused("", 2, "command is required");
    expectRefused("fly", 2, "fly");
    expectRefused("sample", 2, "--space");
    expectRefused("sample --space AnyNetX_Q", 2, "AnyNetX_A");
    expectRefused("sample --space AnyNetX_A -n 0", 2, "-n: \"0\" is not a number above 0");
    expectRefused("sample --space AnyNetX_A -n many", 2, "many");
    expectRefused("sample --space AnyNetX_A --constrain nonsense", 2, "nonsense");
    expectRefused("sample --space AnyNetX_A --constrain w_0=8:64", 2, "w_0");
    expectRefused("sample --space AnyNetX_A --flops few", 2, "few");
    expectRefused("sample --space AnyNetX_A --draw d=3:4", 2, "weight_decay");
    expectRefused("sample --space AnyNetX_A --constrain rate=0.1:0.2", 2, "rate");
    expectRefused("sample --space AnyNetX_A --draw rate=:0.2", 2, "positive");
    expectRefused("plot a.study -o picture.bmp", 2, ".svg");
    expectRefused("plot a.study --figure nice -o a.svg", 2, "nice");
    expectRefused("plot a.study --figure edf", 2, "--json");
    expectRefused("run a.study --device tpu", 2, "tpu");
    expectRefused("new a.study", 2, "--default");
    expectRefused("new a.study --default --epochs 3", 2, "--epochs");
    expectRefused("new a.study --space AnyNetX_A --epochs 0", 2, "epochs");
    expectRefused("compare " + population, 2, "STUDY:SPACE");
    expectRefused("edf " + population + " --by colour", 2, "colour");
}

TEST(Cli, spacesAreListedWithTheirSizes)
{
    const Result result = cli("spaces --json");
    ASSERT_EQ(result.code, 0) << result.err;
    const json spaces = result.json();
    ASSERT_GE(spaces.size(), 7u);
    EXPECT_EQ(spaces[0]["name"], "AnyNetX_A");
    EXPECT_EQ(spaces[0]["dimensions"], 16);
    EXPECT_NEAR(spaces[0]["log10_size"].get<double>(), std::log10(std::pow(16.0 * 128 * 3 * 6, 4)), 1e-6);
    EXPECT_NEAR(spaces[0]["log10_exact_size"].get<double>(), spaces[0]["log10_size"].get<double>(), 1e-6);
    EXPECT_GT(spaces[3]["log10_exact_size"].get<double>(), spaces[3]["log10_size"].get<double>()); // ties
    EXPECT_EQ(spaces[0]["constraints"], json::array());
    EXPECT_EQ(spaces[3]["name"], "AnyNetX_D");
    EXPECT_EQ(spaces[3]["constraints"].size(), 3u);
    EXPECT_TRUE(has(cli("spaces").out, "RegNetX-pycls"));
}

TEST(Cli, aNamedSpaceIsShownAsAFileThatCanBeDrawnFrom)
{
    const std::string path = testing::TempDir() + "shown_space.json";
    ASSERT_EQ(cli("spaces --show AnyNetX_D > " + path).code, 0);
    EXPECT_EQ(cli("sample --space " + path + " -n 5 --seed 2 --json").json()["networks"],
              cli("sample --space AnyNetX_D -n 5 --seed 2 --json").json()["networks"]);
}

TEST(Cli, baselinesAreSpacesOfOneNetwork)
{
    const json network = cli("sample --space ResNet-50 -n 1 --json").json()["networks"][0];
    EXPECT_EQ(network["depths"], json({3, 4, 6, 3}));
    EXPECT_TRUE(has(cli("spaces").out, "EfficientNet-B5"));
    expectRefused("sample --space ResNet-50 -n 2", 1, "ResNet-50");
}

TEST(Cli, samplesFulfilTheirConstraints)
{
    const Result result = cli("sample --space AnyNetX_A --constrain 'shared b' --constrain increasing-widths "
                              "--flops 360M:400M -n 20 --seed 3 --json");
    ASSERT_EQ(result.code, 0) << result.err;
    const json drawn = result.json();
    ASSERT_EQ(drawn["networks"].size(), 20u);
    EXPECT_GE(drawn["accepted"], 20);
    EXPECT_GE(drawn["proposals"], drawn["accepted"]);
    for (const json& network : drawn["networks"]) {
        EXPECT_GE(network["flops"], 360000000);
        EXPECT_LE(network["flops"], 400000000);
        EXPECT_TRUE(network["params"].is_number_integer());
        EXPECT_TRUE(network["acts"].is_number_integer());
        const std::vector<int> widths = network["widths"];
        EXPECT_TRUE(std::is_sorted(widths.begin(), widths.end()));
        for (const json& ratio : network["bottleneck_ratios"]) {
            EXPECT_TRUE(ratio.is_number_integer());
            EXPECT_EQ(ratio, network["bottleneck_ratios"][0]);
        }
        for (const char* list : {"depths", "widths", "group_widths", "strides"})
            EXPECT_EQ(network[list].size(), 4u) << list;
    }
}

TEST(Cli, theSameSeedDrawsTheSameNetworks)
{
    const auto networks = [](const std::string& seed, const std::string& n) {
        return cli("sample --space RegNetX -n " + n + " --seed " + seed + " --json").json()["networks"];
    };
    const json ten = networks("5", "10");
    EXPECT_EQ(ten, networks("5", "10"));
    EXPECT_NE(ten, networks("6", "10"));
    EXPECT_EQ(json(std::vector<json>(ten.begin(), ten.begin() + 4)), networks("5", "4"));
}

TEST(Cli, valuesOfTheRecipeAreDrawnToo)
{
    const json drawn = cli("sample --space AnyNetX_A --draw rate=0.01:0.3 --constrain rate=0.1: -n 20 --json").json();
    for (const json& network : drawn["networks"]) {
        EXPECT_GE(network["rate"], 0.1);
        EXPECT_LE(network["rate"], 0.3);
        EXPECT_FALSE(network.contains("weight_decay"));
    }
    EXPECT_EQ(drawn["networks"].size(), 20u);
}

TEST(Cli, rangesMayBeTypedInTwoWays)
{
    const std::string sample = "sample --space AnyNetX_E -n 3 --json ";
    const json networks = cli(sample + "--flops 360M:400M").json()["networks"];
    EXPECT_EQ(networks.size(), 3u);
    EXPECT_EQ(networks, cli(sample + "--flops 3.6e8:4e8").json()["networks"]);
    EXPECT_EQ(networks, cli(sample + "--constrain flops=360M:400M").json()["networks"]);
}

TEST(Cli, anEmptySpaceIsSaidInWords)
{
    expectRefused("sample --space AnyNetX_A --flops 1:2", 1, "flops");
}

TEST(Cli, complexityGoesOnAfterAFileThatCannotBeRead)
{
    const Folder folder;
    const std::string none = (folder / "none.yaml").string();
    const Result result = cli("complexity --json " + none + " " TEST_DATA "/pycls_job.yaml " + folder.path().string());
    EXPECT_EQ(result.code, 1);
    const json list = result.json();
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list[0]["file"], none);
    EXPECT_TRUE(has(list[0]["error"], "cannot be read"));
    EXPECT_EQ(list[1].count("error"), 0u) << list[1];
    EXPECT_GT(list[1]["flops"], 0);
    EXPECT_GT(list[1]["params"], 0);
    EXPECT_GT(list[1]["acts"], 0);
    EXPECT_TRUE(list[2].contains("error"));
}

TEST(Cli, complexityReadsAPublishedNetwork)
{
    // RegNetX-200MF as pycls counts it.
    const Folder folder;
    const auto yaml = folder.write("x200.yaml", "MODEL: {TYPE: regnet, NUM_CLASSES: 1000}\n"
                                                "REGNET: {DEPTH: 13, W0: 24, WA: 36.44, WM: 2.49, GROUP_W: 8}\n"
                                                "TRAIN: {IM_SIZE: 224}\n");
    const Result result = cli("complexity --json " + inQuotes(yaml));
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.json()[0]["flops"], 199040872);
    EXPECT_EQ(result.json()[0]["params"], 2684792);
    EXPECT_EQ(result.json()[0]["acts"], 2164056);
}

TEST(Cli, edfOfAFileGivesTheKnownAnswers)
{
    const json expected = json::parse(contents(TEST_DATA "/edf_expected.json"));
    const Result result = cli("edf --json " + population + " --by w4 --by params");
    ASSERT_EQ(result.code, 0) << result.err;
    const json edf = result.json()[0];
    EXPECT_EQ(edf["name"], "edf_population");
    EXPECT_EQ(edf["n"], 500);
    EXPECT_DOUBLE_EQ(edf["min"], expected["min"]);
    EXPECT_NEAR(edf["mean"].get<double>(), expected["mean"].get<double>(), 1e-9);
    for (const char* parameter : {"w4", "params"}) {
        const json& band = expected["boot"]["metrics"][parameter]["exact_lo_med_hi"];
        EXPECT_EQ(edf["best"][parameter]["low"].get<double>(), band[0]);
        EXPECT_EQ(edf["best"][parameter]["best"].get<double>(), band[1]);
        EXPECT_EQ(edf["best"][parameter]["high"].get<double>(), band[2]);
    }
    EXPECT_EQ(edf["edf"].size(), 491u) << "490 different errors and the end";
    EXPECT_EQ(edf["edf"][0], json({42.13, 0}));
    EXPECT_EQ(edf["edf"].back()[1], 1);
    for (const json& point : expected["edf_grid"]) {
        // F(e) is the F of the first listed error from e on.
        const auto next =
            std::find_if(edf["edf"].begin(), edf["edf"].end(), [&](const json& pair) { return pair[0] >= point["e"]; });
        EXPECT_DOUBLE_EQ(next == edf["edf"].end() ? 1.0 : (*next)[1].get<double>(), point["F_lt"]) << point["e"];
    }
}

TEST(Cli, edfReadsAPyclsSweep)
{
    const Result result = cli("edf --json " TEST_DATA "/pycls_sweep.json --by lr --by flops --by depth --by w2");
    ASSERT_EQ(result.code, 0) << result.err;
    const json edf = result.json()[0];
    EXPECT_EQ(edf["n"], 4);
    EXPECT_EQ(edf["name"], "pycls_sweep");
    double least = 100;
    for (const json& run : json::parse(contents(TEST_DATA "/pycls_sweep.json")))
        least = std::min(least, run["test_epoch"]["min_top1_err"].back().get<double>());
    EXPECT_EQ(edf["min"].get<double>(), least);
    for (const char* parameter : {"lr", "flops", "depth", "w2"})
        EXPECT_LE(edf["best"][parameter]["low"], edf["best"][parameter]["high"]) << parameter;
}

TEST(Cli, filesThatAreNoPopulationAreRefused)
{
    const Folder folder;
    const auto edf = [&](const std::string& text) { return "edf " + folder.write("a.json", text).string(); };
    expectRefused("edf " + (folder / "none.json").string(), 1, "cannot be read");
    expectRefused(edf("not json"), 1, "not JSON");
    expectRefused(edf("{}"), 1, "not a list");
    expectRefused(edf("[1, 2]"), 1, "model 1");
    expectRefused(edf(R"([{"error": 20}, {"error": null}])"), 1, "model 2");
    expectRefused(edf(R"([{"error": 20}, {"error": "low"}])"), 1, "model 2");
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    expectRefused(edf(deep), 1, "nested too deeply");
    EXPECT_EQ(cli(edf("[]") + " --json").json()[0]["n"], 0);
}

TEST(Cli, runsOfASweepWithoutResultAreLeftOutAndSaid)
{
    const Folder folder;
    const auto sweep = folder.write("sweep.json", R"([{"cfg": 1, "test_epoch": {"min_top1_err": [60, 50]}}, 5, null,
        {"cfg": {"OPTIM": 7}, "test_epoch": {"min_top1_err": 40}}, {"test_epoch": []}])");
    const Result result = cli("edf --json " + inQuotes(sweep));
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.json()[0]["n"], 2);
    EXPECT_EQ(result.json()[0]["min"], 40);
    EXPECT_TRUE(has(result.err, "3 of 5 models have no result")) << result.err;
}

TEST(Cli, comparesTwoFiles)
{
    const Folder folder;
    const auto good =
        folder.write("good.json", R"([{"error":10},{"error":11},{"error":12},{"error":13},{"error":14}])");
    const auto bad = folder.write("bad.json", R"([{"error":20},{"error":21},{"error":22},{"error":23}])");
    const Result result = cli("compare --json " + inQuotes(good) + " " + inQuotes(bad));
    ASSERT_EQ(result.code, 0) << result.err;
    const json c = result.json();
    EXPECT_EQ(c["ks"]["statistic"], 1.0);
    EXPECT_NEAR(c["ks"]["p"].get<double>(), 2.0 / 126, 1e-12);
    EXPECT_EQ(c["mann_whitney"]["effect"], 1.0);
    EXPECT_LT(c["mann_whitney"]["p"], 0.05);
    EXPECT_NEAR(c["mean_difference"]["value"].get<double>(), -9.5, 1e-12);
    EXPECT_LT(c["mean_difference"]["low"], c["mean_difference"]["high"]);
    EXPECT_TRUE(has(cli("compare " + inQuotes(bad) + " " + inQuotes(good)).out, "good is better than bad"));
    const json same = cli("compare --json " + population + " " + population).json();
    EXPECT_EQ(same["ks"]["p"], 1.0);
    EXPECT_EQ(same["mann_whitney"]["effect"], 0.5);
}

TEST(Cli, aFullDiskUnderTheOutputIsAFailure)
{
    const Result result = cli("spaces --json >/dev/full");
    EXPECT_EQ(result.code, 1);
    EXPECT_TRUE(has(result.err, "could not be written"));
}

} // namespace
