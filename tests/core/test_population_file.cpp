// Populations as files: what comes in, what is written, and that a round trip loses nothing.
#include "core/exchange/network_json.h"
#include "core/exchange/study_population.h"
#include "core/statistics/advice.h"
#include "core/statistics/population.h"
#include "core/study/refinement.h"
#include "core/study/sqlite.h"
#include "tests/core/study_fixture.h"

namespace spacewright {
namespace {

const std::filesystem::path data = TEST_DATA;

class PopulationFileTest : public StudyTest {
protected:
    PopulationFile read(const std::string& name, const std::string& text)
    {
        std::ofstream(folder / name) << text;
        return readPopulation(folder / name, populationFormatOf(folder / name));
    }
    /// A population of AnyNetX_A with results of every kind, on images of so many channels.
    Study trained(int channels = 3)
    {
        Study study = Study::create(folder / "trained.study", Recipe{});
        StudySpace space;
        space.space = namedSpace("AnyNetX_A");
        space.space.prototype.inputChannels = channels;
        space.space.prototype.resolution = 32;
        space.space.prototype.stem = StemType::cifar;
        space.space.prototype.classes = 10;
        study.growTo(study.addSpace(space), 12);
        int i = 0;
        while (const auto model = study.claimNext()) {
            for (int epoch = 1; epoch <= 2; ++epoch)
                study.recordEpoch(model->id, {epoch, 0.1, 2.0, 50, 60.0 - epoch - i, 3});
            const auto state = i == 3   ? ModelState::diverged
                               : i == 5 ? ModelState::failed
                               : i == 7 ? ModelState::stopped
                                        : ModelState::finished;
            study.finish(model->id, state,
                         state == ModelState::failed     ? std::nullopt
                         : state == ModelState::diverged ? std::optional(90.0)
                                                         : std::optional(58.0 - i + 0.0625),
                         state == ModelState::finished ? "" : "because, \"so\"", 6, 1000);
            ++i;
        }
        return study;
    }
    /// Written in the format and read again into a new study.
    Study again(const Study& study, const std::string& format)
    {
        const auto path = folder / (std::string("again.") + populationFormat(format).ending);
        const SpaceId space = study.spaces().front().id;
        left = populationFormat(format).write(path, trainedModels(study, space));
        EXPECT_EQ(populationFormatOf(path).name, format);
        const PopulationFile file = readPopulation(path, populationFormatOf(path));
        EXPECT_EQ(file.refusedCount, format == "optuna" ? 2 : 0) << (file.refused.empty() ? "" : file.refused[0].why);
        EXPECT_EQ(file.differing, 0) << file.firstDiffering;
        Study result = Study::create(folder / "again.study", recipeFor(file));
        addImported(result, file, path);
        return result;
    }
    std::vector<RefusedRow> left;
};

Population onlyPopulation(const Study& study)
{
    return view(study)->populations.at(0);
}

TEST_F(PopulationFileTest, theAuthorsSweepComesInWhole)
{
    const PopulationFile file =
        readPopulation(data / "pycls_sweep.json", populationFormatOf(data / "pycls_sweep.json"));
    ASSERT_EQ(file.models.size(), 4u);
    EXPECT_EQ(file.refusedCount, 0);
    EXPECT_EQ(file.differing, 0) << file.firstDiffering;
    EXPECT_EQ(file.numbersOnly, 0);
    const TrainedModel& first = file.models[0];
    EXPECT_EQ(first.model.error, 84);
    EXPECT_EQ(first.model.sample.complexity, (Complexity{3969242, 47850, 143738}));
    EXPECT_DOUBLE_EQ(first.model.sample.rate.value(), 0.2857016406);
    ASSERT_EQ(first.epochs.size(), 3u);
    EXPECT_EQ(first.epochs[2].validationError, 93);
    EXPECT_EQ(first.epochs[1].trainingLoss, 4.2718);
    const PopulationFile minimal = readPopulation(data / "pycls_sweep_minimal.json", populationFormat("sweep"));
    ASSERT_EQ(minimal.models.size(), 1u);
    EXPECT_EQ(minimal.models[0].model.error, 55);
    EXPECT_EQ(minimal.differing, 0) << minimal.firstDiffering;
}

TEST_F(PopulationFileTest, whatComesInCountsLikeWhatWasTrainedHereButIsNotTrained)
{
    Study study = studyOf(file, 2);
    const PopulationFile sweep = readPopulation(data / "pycls_sweep.json", populationFormat("sweep"));
    const SpaceId id = addImported(study, sweep, data / "pycls_sweep.json", "theirs");
    EXPECT_EQ(study.space(id).importedFrom, "pycls_sweep.json");
    EXPECT_ERROR(addImported(study, sweep, data / "pycls_sweep.json", "theirs"), "theirs already");

    const Population population = view(study)->populations.at(1);
    EXPECT_EQ(population.edf->errors.size(), 4u);
    EXPECT_EQ(population.counts.finished, 4);
    EXPECT_EQ(scatter(population, "flops").values.size(), 4u);
    EXPECT_EQ(scatter(population, "w2").values.size(), 4u);
    EXPECT_FALSE(advise(population).empty());
    EXPECT_EQ(study.waiting().size(), 2u);
    EXPECT_TRUE(study.latestResults(5).empty()) << "times of another machine say nothing of this one";
    EXPECT_TRUE(study.outcomesAfter(1).empty());
    EXPECT_ERROR(study.growTo(id, 10), "imported from pycls_sweep.json");
    EXPECT_EQ(study.epochs(population.models[0].id).size(), 3u);
    EXPECT_EQ(Study(file, Study::Access::readOnly).space(id).importedFrom, "pycls_sweep.json");
}

TEST_F(PopulationFileTest, aFollowerSeesWhatComesIn)
{
    Study study = studyOf(file, 2);
    StudyFollower follower;
    follower.view(study, DivergedModels::atChance);
    addImported(study, readPopulation(data / "pycls_sweep.json", populationFormat("sweep")), "a.json");
    EXPECT_EQ(follower.view(study, DivergedModels::atChance)->populations.at(1).counts.finished, 4);
}

TEST_F(PopulationFileTest, narrowingWhatCameInIsAPartOfIt)
{
    Study study = Study::create(file, Recipe{});
    const auto parent =
        addImported(study, readPopulation(data / "pycls_sweep.json", populationFormat("sweep")), "a.json");
    EXPECT_ERROR(refine(study, {parent, "none", {constraintFrom("flops=:5")}, "", 24}), "None of the models");
    const SpaceId child = refine(study, {parent, "small", {constraintFrom("flops=:4M")}, "", 24});
    const Counts counts = study.counts()[child];
    EXPECT_GT(counts.finished, 0);
    EXPECT_LT(counts.finished, 4);
    EXPECT_EQ(counts.waiting, 0);
}

TEST_F(PopulationFileTest, divergedModelsOfAnotherMachineAreNotTriedAgain)
{
    Study study = Study::create(file, Recipe{});
    addImported(study, read("a.jsonl", R"({"error": 90, "state": "diverged", "d": 3})"), "a.jsonl");
    EXPECT_ERROR(study.retry(study.models()[0].id), "was trained elsewhere");
}

TEST_F(PopulationFileTest, aSweepOfGreyImagesComesBackAsOne)
{
    const Study study = trained(1);
    const Population before = onlyPopulation(study), after = onlyPopulation(again(study, "sweep"));
    EXPECT_EQ(before.counted[0].sample.network, after.counted[0].sample.network);
    EXPECT_EQ(before.counted[0].sample.complexity, after.counted[0].sample.complexity);
}

class RoundTrip : public PopulationFileTest, public testing::WithParamInterface<const char*> {};

TEST_P(RoundTrip, keepsTheErrorsAndTheNetworks)
{
    const std::string format = GetParam();
    const Study study = trained();
    const Study back = again(study, format);
    const Population before = onlyPopulation(study), after = onlyPopulation(back);
    EXPECT_EQ(before.edf->errors, after.edf->errors);
    ASSERT_EQ(before.counted.size(), after.counted.size());
    for (std::size_t i = 0; i < before.counted.size(); ++i) {
        const Model &one = before.counted[i], &other = after.counted[i];
        EXPECT_EQ(one.error, other.error);
        EXPECT_EQ(one.sample.network, other.sample.network) << i;
        EXPECT_EQ(one.sample.complexity, other.sample.complexity);
        const auto errors = [](const Study& s, ModelId id) { return s.epochs(id).back().validationError; };
        EXPECT_EQ(errors(study, one.id), errors(back, other.id));
    }
}

TEST_P(RoundTrip, keepsHowModelsEndedWhereTheFormatSaysIt)
{
    const std::string format = GetParam();
    const Population after = onlyPopulation(again(trained(), format));
    const bool says = format == "csv" || format == "jsonl";
    EXPECT_EQ(after.counts.failed, says ? 1 : 0);
    EXPECT_EQ(after.counts.stopped, says ? 1 : 0);
    EXPECT_EQ(after.counts.finished, says ? 9 : 10);
    EXPECT_EQ(after.atLeast.size(), says ? 1u : 0u);
    EXPECT_EQ(left.size(), format == "sweep" || format == "nds" ? 2u : 0u);
    if (says) {
        const auto diverged = [](const Model& m) { return m.state == ModelState::diverged; };
        EXPECT_EQ(std::find_if(after.models.begin(), after.models.end(), diverged)->reason, "because, \"so\"");
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip, testing::Values("sweep", "csv", "jsonl", "optuna", "nds"),
                         [](const auto& info) { return std::string(info.param); });

TEST_F(PopulationFileTest, numbersWithoutANetworkAreEnoughForAnEdf)
{
    const PopulationFile csv = read("a.csv", "error,d,w1,memory,depths\n20,3,16,1.5,\n30,5,24,2.5,2 3\n");
    ASSERT_EQ(csv.models.size(), 2u);
    EXPECT_EQ(csv.numbersOnly, 2);
    Study study = Study::create(file, Recipe{});
    addImported(study, csv, "a.csv");
    const Population population = onlyPopulation(study);
    EXPECT_EQ(population.edf->errors, (std::vector<double>{20, 30}));
    EXPECT_EQ(scatter(population, "memory").values, (std::vector<double>{1.5, 2.5}));
    EXPECT_EQ(scatter(population, "w1").values, (std::vector<double>{16, 24}));
    EXPECT_EQ(scatter(population, "d2").values, std::vector<double>{3});
    EXPECT_TRUE(scatter(population, "flops").values.empty()) << "not known is not 0";
    EXPECT_EQ(population.space.space.stages, 1);
    EXPECT_TRUE(fulfils(population.models[0].sample, constraintFrom("d=:4")));
    EXPECT_FALSE(fulfils(population.models[1].sample, constraintFrom("d=:4")));
    EXPECT_FALSE(fulfils(population.models[0].sample, constraintFrom("shared b")));
}

TEST_F(PopulationFileTest, rowsThatAreNoModelsAreNamedAndCounted)
{
    std::string text = "error,d\n10,1\n-3,1\nhigh,2\n,3\n101,4\n";
    for (int i = 0; i < 30; ++i)
        text += "x,1\n";
    const PopulationFile csv = read("a.csv", text + "11,2\n");
    EXPECT_EQ(csv.models.size(), 2u);
    EXPECT_EQ(csv.refusedCount, 34);
    ASSERT_EQ(csv.refused.size(), 20u);
    EXPECT_EQ(csv.refused[0].where, "line 3");
    EXPECT_NE(csv.refused[0].why.find("between 0 and 100"), std::string::npos);
    EXPECT_NE(csv.refused[1].why.find("\"error\" must be a number"), std::string::npos);
    EXPECT_NE(csv.refused[2].why.find("\"error\" is missing"), std::string::npos);
    const std::vector<std::string> words = describe(csv, "a.csv");
    EXPECT_EQ(words.front(), "2 models imported from a.csv; 34 rows that are no models were left out.");
    EXPECT_EQ(words.back(), "  and 14 more");
}

TEST_F(PopulationFileTest, aNetworkThatDoesNotHaveTheFilesNumbersIsSaid)
{
    TrainedModel model;
    model.model.sample = smallSample(1);
    nlohmann::json row = nlohmann::json::parse(toJson(model.model.sample));
    row["error"] = 20;
    row["params"] = 17;
    const PopulationFile file = read("a.jsonl", row.dump());
    EXPECT_EQ(file.differing, 1);
    EXPECT_NE(file.firstDiffering.find("line 1: params are 17 in the file"), std::string::npos) << file.firstDiffering;
    EXPECT_EQ(file.models[0].model.sample.complexity, model.model.sample.complexity) << "what is counted here stands";
    row["widths"] = {7, 7};
    EXPECT_EQ(read("a.jsonl", row.dump()).refusedCount, 1) << "a network that cannot be built is no model";
}

TEST_F(PopulationFileTest, cellsOfTheNdsReleaseComeInAsNumbers)
{
    const PopulationFile file =
        read("DARTS_in.json", R"({"top": [{"min_test_top1": 26.5, "params": 5000000, "flops": 6e8,
        "net": {"genotype": {"normal": []}, "width": 32, "depth": 14}, "optim": {"base_lr": 0.1, "wd": 5e-5},
        "test_ep_top1": [40, null, 26.5]}], "mid": [{"min_test_top1": 30}, {"net": 1}]})");
    ASSERT_EQ(file.models.size(), 2u);
    EXPECT_EQ(file.numbersOnly, 2);
    EXPECT_EQ(file.models[0].model.sample.complexity.flops, 600000000);
    EXPECT_EQ(file.models[0].model.sample.rate, 0.1);
    EXPECT_EQ(file.models[0].epochs.size(), 3u);
    EXPECT_EQ(file.refusedCount, 1);
}

TEST_F(PopulationFileTest, foreignDatabasesAreRefusedInASentence)
{
    studyOf(file, 1);
    EXPECT_ERROR(readPopulation(file, populationFormatOf(file)), "is a study of this program");
    std::ofstream(folder / "other.db").put(' ');
    std::filesystem::resize_file(folder / "other.db", 0);
    Database(folder / "other.db", Database::Access::readWrite).execute("CREATE TABLE t (a)");
    EXPECT_ERROR(readPopulation(folder / "other.db", populationFormatOf(folder / "other.db")),
                 "is the SQLite database of another program");
    std::ofstream(folder / "cut.db") << bytesOf(file).substr(0, 3000);
    EXPECT_NE(errorOf([&] { readPopulation(folder / "cut.db", populationFormat("optuna")); }), "");
}

TEST_F(PopulationFileTest, optunasTableOfTrialsIsRead)
{
    const PopulationFile table =
        read("trials.csv", ",number,value,datetime_start,params_b,params_d1,user_attrs_flops,state\n"
                           "0,0,20.5,2026-01-01,2,3,1000,COMPLETE\n1,1,,2026-01-01,1,1,,FAIL\n2,2,3,x,y,1,1,PRUNED\n");
    ASSERT_EQ(table.models.size(), 1u);
    EXPECT_EQ(table.models[0].model.error, 20.5);
    EXPECT_EQ(table.models[0].model.sample.complexity.flops, 1000);
    EXPECT_EQ(parameterValue(table.models[0].model.sample, "d1"), 3);
    ASSERT_EQ(table.refused.size(), 2u);
    EXPECT_NE(table.refused[0].why.find("FAIL"), std::string::npos);
    const PopulationFile odd = read("odd.csv", "number,value,params_b,state\n0,20.5,2,17\n1,20.5,2,\"[3, 3]\"\n");
    ASSERT_EQ(odd.refused.size(), 2u) << "a state that is no word";
    EXPECT_NE(odd.refused[0].why.find("It is 17 in Optuna"), std::string::npos) << odd.refused[0].why;
}

} // namespace
} // namespace spacewright
