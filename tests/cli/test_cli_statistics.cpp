// The terminal program's statistics: comparison of several populations, advice and search efficiency.
#include "core/study/study.h"
#include "program.h"
#include <gtest/gtest.h>
#include <cmath>

namespace {

using nlohmann::json;
using namespace spacewright;

const std::string population = TEST_DATA "/edf_population.json";

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

const json& known()
{
    static const json models = json::parse(contents(population));
    return models;
}

class CliStatistics : public testing::Test {
protected:
    /// Models `first` to `last` of the known population with their errors raised, as a file NAME.json.
    std::string part(const std::string& name, std::size_t first, std::size_t last, double raised = 0)
    {
        json models = json::array();
        for (std::size_t i = first; i < last; ++i) {
            models.push_back(known()[i]);
            models.back()["error"] = models.back()["error"].get<double>() + raised;
        }
        return inQuotes(m_folder.write(name + ".json", models.dump()));
    }

    /// A study of AnyNetX_A with finished models: 30 % error, 10 where every b_i <= 2, and a little for the order.
    std::string studyOf(int models)
    {
        Study study = Study::create(m_folder / "a.study", Recipe{});
        StudySpace space;
        space.space = namedSpace("AnyNetX_A");
        study.growTo(study.addSpace(space), models);
        while (const auto model = study.claimNext()) {
            const bool isGood = fulfils(model->sample, constraintFrom("b=:2"));
            const double small = 0.01 * static_cast<double>(model->sample.index);
            study.finish(model->id, ModelState::finished, (isGood ? 10 : 30) + small, "", 1, 1000);
        }
        return inQuotes(m_folder / "a.study");
    }

    Folder m_folder;
};

TEST_F(CliStatistics, theirCommandsHaveHelp)
{
    for (const char* command : {"advise", "search", "compare"}) {
        const Result result = cli(std::string(command) + " --help");
        EXPECT_EQ(result.code, 0) << command;
        EXPECT_TRUE(has(result.out, "Usage: spacewright-cli " + std::string(command))) << result.out;
        EXPECT_EQ(cli(command).code, 2) << "a population must be named";
    }
}

TEST_F(CliStatistics, advisesWhatWouldNarrowTheSpace)
{
    const std::string study = studyOf(200);
    const Result result = cli("advise --json " + study);
    ASSERT_EQ(result.code, 0) << result.err;
    json planted, tooFew;
    for (const json& advice : result.json()) {
        planted = advice["constraint"] == "b=:2" ? advice : planted;
        tooFew = advice["constraint"] == "shared g" ? advice : tooFew;
    }
    EXPECT_EQ(planted["verdict"], "better");
    EXPECT_EQ(planted["dimensions_removed"], 0);
    EXPECT_GE(planted["models"], 8);
    EXPECT_NEAR(planted["log10_size_removed"].get<double>(), 0.704, 0.001); // 4 log10(3/2)
    EXPECT_LT(planted["mean"], 12.1);
    EXPECT_GE(planted["min"], 10);
    EXPECT_LT(planted["min"], planted["mean"]);
    EXPECT_LT(planted["difference"]["low"], planted["difference"]["value"]);
    EXPECT_LT(planted["difference"]["value"], planted["difference"]["high"]);
    EXPECT_NEAR(planted["difference"]["value"].get<double>(), -20, 1);
    EXPECT_LT(planted["p"], planted["p_holm"]);
    EXPECT_LT(planted["p_holm"], 0.001);
    EXPECT_EQ(tooFew["verdict"], "too few to say");
    EXPECT_TRUE(tooFew["p"].is_null());

    const Result text = cli("advise " + study);
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_TRUE(has(text.out, "Narrow AnyNetX_A by \"")) << text.out;
    EXPECT_EQ(text.out, cli("advise " + inQuotes((m_folder / "a.study:AnyNetX_A"))).out);
    EXPECT_EQ(cli("advise " + inQuotes((m_folder / "a.study:AnyNetX_Q"))).code, 2);
}

TEST_F(CliStatistics, adviceNeedsModelsAndOneSpace)
{
    const std::string study = studyOf(10);
    EXPECT_TRUE(has(cli("advise " + study).out, "There are too few models of AnyNetX_A to advise"));
    StudySpace other;
    other.space = namedSpace("RegNetX");
    Study(m_folder / "a.study", Study::Access::readWrite).addSpace(other);
    const Result several = cli("advise " + study);
    EXPECT_EQ(several.code, 2);
    EXPECT_TRUE(has(several.err, "holds 2 spaces (AnyNetX_A, RegNetX)")) << several.err;
    const Result untrained = cli("advise " + inQuotes(m_folder / "a.study:RegNetX"));
    EXPECT_EQ(untrained.code, 1);
    EXPECT_TRUE(has(untrained.err, "No model of RegNetX has an error yet")) << untrained.err;
}

TEST_F(CliStatistics, comparesAllPairsOfSeveral)
{
    const std::string files = part("a", 0, 100) + " " + part("b", 100, 200) + " " + part("c", 200, 300, 4);
    const Result result = cli("compare --json " + files);
    ASSERT_EQ(result.code, 0) << result.err;
    const json pairs = result.json();
    ASSERT_EQ(pairs.size(), 3u);
    const char* names[][2] = {{"a", "b"}, {"a", "c"}, {"b", "c"}};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(pairs[i]["a"]["name"], names[i][0]);
        EXPECT_EQ(pairs[i]["b"]["name"], names[i][1]);
        EXPECT_GE(pairs[i]["mann_whitney"]["p_holm"], pairs[i]["mann_whitney"]["p"]);
    }
    EXPECT_LT(pairs[1]["mann_whitney"]["p_holm"], 1e-6);
    EXPECT_TRUE(has(pairs[1]["verdict"], "a is better than c")) << pairs[1]["verdict"];
    EXPECT_FALSE(pairs[1].contains("needed")) << "it is decided";
    EXPECT_TRUE(has(pairs[0]["verdict"], "Not decided yet")) << pairs[0]["verdict"];
    EXPECT_GT(pairs[0]["needed"]["models_each"], 100);
    const Result text = cli("compare " + files);
    EXPECT_TRUE(has(text.out, "a is better than c")) << text.out;
    EXPECT_TRUE(has(text.out, "after Holm")) << text.out;
}

TEST_F(CliStatistics, theBestOfManyIsRacedToo)
{
    const std::string good = inQuotes(m_folder.write("good.json", R"([{"error":10},{"error":50},{"error":60}])"));
    const std::string even = inQuotes(m_folder.write("even.json", R"([{"error":11},{"error":12},{"error":13}])"));
    const json c = cli("compare --json " + good + " " + even).json();
    EXPECT_NEAR(c["best_of_k"]["1"].get<double>(), 1.0 / 3, 1e-12);
    EXPECT_NEAR(c["best_of_k"]["20"].get<double>(), 1 - std::pow(2.0 / 3, 20), 1e-12);
    EXPECT_EQ(c["best_of_k"].size(), 4u);
    EXPECT_FALSE(c.contains("needed")) << "three models say little of how many would decide";
}

TEST_F(CliStatistics, complexityIsSpreadAlike)
{
    const std::string files = part("a", 0, 250) + " " + part("b", 250, 500, 2);
    const json c = cli("compare --by flops --bins 5 --json " + files).json()["normalised"];
    EXPECT_EQ(c["by"], "flops");
    EXPECT_EQ(c["bins"], 5);
    EXPECT_GE(c["low"], 360e6);
    EXPECT_LE(c["high"], 400e6);
    EXPECT_EQ(c["a"]["n"].get<int>() + c["a"]["left_out"].get<int>(), 250);
    ASSERT_EQ(c["a"]["models_per_bin"].size(), 5u);

    // The mean of the bins' means, counted here.
    std::vector<double> sums(5, 0), counts(5, 0);
    for (std::size_t i = 0; i < 250; ++i) {
        const double low = c["low"], high = c["high"], flops = known()[i]["flops"];
        if (flops < low || flops > high)
            continue;
        const auto bin = std::min<std::size_t>(4, static_cast<std::size_t>((flops - low) / (high - low) * 5));
        sums[bin] += known()[i]["error"].get<double>();
        ++counts[bin];
    }
    double mean = 0;
    for (std::size_t bin = 0; bin < 5; ++bin) {
        EXPECT_EQ(c["a"]["models_per_bin"][bin], counts[bin]);
        mean += sums[bin] / counts[bin] / 5;
    }
    EXPECT_NEAR(c["a"]["mean"].get<double>(), mean, 1e-9);
    EXPECT_NEAR(c["mean_difference"].get<double>(), mean - c["b"]["mean"].get<double>(), 1e-9);
    EXPECT_TRUE(has(cli("compare --by flops --bins 5 " + files).out, "spread alike over 5 bins"));
}

TEST_F(CliStatistics, whatCannotBeSpreadAlikeIsSaid)
{
    const std::string files = part("a", 0, 10) + " " + part("b", 10, 20);
    const Result empty = cli("compare --by flops --bins 200 " + files);
    EXPECT_EQ(empty.code, 1);
    EXPECT_TRUE(has(empty.err, "no model lies in")) << empty.err;
    EXPECT_EQ(empty.out, "");
    const std::string plain = inQuotes(m_folder.write("plain.json", R"([{"error":10},{"error":50}])"));
    const Result without = cli("compare --by params " + plain + " " + plain);
    EXPECT_EQ(without.code, 1);
    EXPECT_TRUE(has(without.err, "has no value of \"params\"")) << without.err;
    EXPECT_EQ(cli("compare --by colour " + files).code, 2);
    EXPECT_EQ(cli("compare --bins 5 " + files).code, 2);
    EXPECT_EQ(cli("compare --by flops --bins 0 " + files).code, 2);
}

TEST_F(CliStatistics, searchGivesTheKnownAnswers)
{
    const json expected = json::parse(contents(TEST_DATA "/edf_expected.json"));
    const json list = cli("search --json " + population).json();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0]["name"], "edf_population");
    const json curve = list[0]["curve"];
    ASSERT_EQ(curve.size(), 10u); // 1, 2, 4, ..., 256, 500
    int compared = 0;
    for (const json& point : curve) {
        const std::string k = std::to_string(point[0].get<int>());
        if (!expected["k_best_exact_mean"].contains(k))
            continue;
        EXPECT_NEAR(point[1].get<double>(), expected["k_best_exact_mean"][k].get<double>(), 1e-9) << k;
        ++compared;
    }
    EXPECT_EQ(compared, 9);
    EXPECT_NEAR(curve[0][1].get<double>(), expected["mean"].get<double>(), 1e-9);
    EXPECT_EQ(curve.back()[0], 500);
    EXPECT_TRUE(has(cli("search " + population).out, "expected best %"));
    const std::string none = inQuotes(m_folder.write("none.json", "[]"));
    EXPECT_EQ(cli("search --json " + none).json()[0]["curve"], json::array());
}

} // namespace
