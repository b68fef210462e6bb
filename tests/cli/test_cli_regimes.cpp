// The terminal program on what follows a study: models reused, tested, trained again by another recipe, and scaled.
#include "core/study/study.h"
#include "program.h"
#include <gtest/gtest.h>
#include <set>

namespace {

using nlohmann::json;
using namespace spacewright;

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

class CliRegimes : public testing::Test {
protected:
    Result create(const std::string& more = "")
    {
        return cli("new " + m_study +
                   " --space AnyNetX_A --constrain d=1:6 --flops 20k:400k --models 6 --seed 4 --data " +
                   inQuotes(m_folder.writeDataSet()) +
                   " --training-images 256 --validation-images 64 --batch 32 --rate 0.1 --json " + more);
    }
    /// Without training: model i of the study gets the error 10 + i.
    void finishAll(const std::string& name = "a.study")
    {
        Study study(m_folder / name, Study::Access::readWrite);
        while (const auto model = study.claimNext())
            study.finish(model->id, ModelState::finished, 10 + static_cast<double>(model->id), "", 1, 1000);
    }
    static json done(const std::string& arguments)
    {
        const Result result = cli(arguments);
        EXPECT_EQ(result.code, 0) << arguments << ": " << result.err;
        return result.code == 0 ? result.json() : json();
    }

    Folder m_folder;
    const std::string m_study = inQuotes(m_folder / "a.study"), m_other = inQuotes(m_folder / "b.study");
};

TEST_F(CliRegimes, theirCommandsHaveHelp)
{
    for (const char* command : {"test", "retrain", "agreement", "scale"}) {
        const Result result = cli(std::string(command) + " --help");
        EXPECT_EQ(result.code, 0) << command;
        EXPECT_TRUE(has(result.out, "Usage: spacewright-cli " + std::string(command))) << result.out;
        EXPECT_EQ(cli(command).code, 2);
    }
}

TEST_F(CliRegimes, aChildBeginsWithItsParentsModels)
{
    ASSERT_EQ(create().code, 0);
    finishAll();
    const json refined = done("refine " + m_study + " --parent AnyNetX_A --constrain d=:5 --name A5 --models 8 --json");
    const int reused = refined["reused"];
    EXPECT_GT(reused, 0);
    EXPECT_LT(reused, 6);
    EXPECT_EQ(refined["models"], 8);
    const json status = done("status --json " + m_study);
    EXPECT_EQ(status["spaces"][1]["models"], 8);
    EXPECT_EQ(status["spaces"][1]["reused"], reused);
    EXPECT_EQ(status["spaces"][1]["counts"]["finished"], reused);
    EXPECT_EQ(status["counts"]["finished"], 6) << "each model once";
    EXPECT_EQ(status["counts"]["waiting"], 8 - reused);
    const std::string words = "8 (" + std::to_string(reused) + " reused)";
    EXPECT_TRUE(has(cli("status " + m_study).out, words));
    finishAll();
    EXPECT_TRUE(has(cli("edf " + m_study).out, words));
    EXPECT_EQ(done("edf --json " + m_study)[1]["reused"], reused);

    const json compared = done("compare --json " + m_study);
    EXPECT_EQ(compared["shared"], reused);
    EXPECT_EQ(compared["tested"]["a"], 6 - reused);
    EXPECT_EQ(compared["tested"]["b"], 8);
    const Result text = cli("compare " + m_study);
    EXPECT_TRUE(has(text.out, "to both AnyNetX_A and A5. The tests compare the " + std::to_string(6 - reused) +
                                  " of AnyNetX_A that are not in A5 with the 8 of A5"))
        << text.out;
    const std::string twice = inQuotes((m_folder / "a.study:A5").string());
    EXPECT_EQ(done("compare --json " + twice + " " + twice)["mean_difference"]["high"], 0) << "the same models";
}

TEST_F(CliRegimes, adviceNamesTheCommandThatRefines)
{
    Study study = Study::create(m_folder / "my study", Recipe{});
    StudySpace space;
    space.space = namedSpace("AnyNetX_A");
    study.growTo(study.addSpace(space), 60);
    while (const auto model = study.claimNext())
        study.finish(model->id, ModelState::finished, fulfils(model->sample, constraintFrom("b=:2")) ? 10 : 30, "", 1,
                     1);
    const std::string file = inQuotes(m_folder / "my study");
    const Result advised = cli("advise " + file);
    const std::string begin = "spacewright-cli refine " + file + " --parent AnyNetX_A --constrain ";
    const std::size_t at = advised.out.find(begin);
    ASSERT_NE(at, std::string::npos) << advised.out;
    const std::string command = advised.out.substr(at + 16, advised.out.find('\n', at) - at - 16);
    const json refined = done(command + " --json");
    EXPECT_TRUE(has(advised.out, "60 (" + std::to_string(refined["reused"].get<int>()) + " reused)")) << advised.out;
    EXPECT_EQ(done("advise --json " + file + ":AnyNetX_A")[0]["refine"].get<std::string>().rfind(begin, 0), 0u);
}

TEST_F(CliRegimes, aModelIsTestedOnImagesThatNoDecisionSaw)
{
    ASSERT_EQ(create("--epochs 4").code, 0);
    ASSERT_EQ(cli("run " + m_study + " --workers 1 --device cpu --models 2").code, 0);
    const json best = done("test " + m_study + " --best 1 --device cpu --json");
    ASSERT_EQ(best.size(), 1u);
    EXPECT_EQ(best[0]["images"], 16);
    EXPECT_EQ(best[0]["space"], "AnyNetX_A");
    EXPECT_EQ(best[0]["data"], m_folder.path().string());
    EXPECT_LE(best[0]["low"], best[0]["test_error"]);
    EXPECT_GE(best[0]["high"], best[0]["test_error"]);
    EXPECT_EQ(best[0]["validation_error"], done("edf --json " + m_study)[0]["min"]);
    EXPECT_EQ(done("status --json " + m_study)["tests"], best);

    const json both = done("test " + m_study + " --model 1 --model 2 --device cpu --json --data " +
                           inQuotes(m_folder.path().string() + "/."));
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(done("status --json " + m_study)["tests"].size(), 3u);
    EXPECT_TRUE(has(cli("status " + m_study).out, "On test images"));

    const Result waiting = cli("test " + m_study + " --model 5");
    EXPECT_EQ(waiting.code, 1);
    EXPECT_TRUE(has(waiting.err, "Model 5 is waiting")) << waiting.err;
    EXPECT_EQ(cli("test " + m_study + " --best 3").code, 1) << "two are finished";
    EXPECT_EQ(cli("test " + m_study).code, 2);
    EXPECT_EQ(cli("test " + m_study + " --best 1 --model 1").code, 2);
    EXPECT_EQ(cli("test " + m_study + " --best 1 --data " + inQuotes(m_folder / "nowhere")).code, 1);
    std::filesystem::remove(m_folder / "a.study.weights/1.safetensors");
    const Result gone = cli("test " + m_study + " --model 1");
    EXPECT_EQ(gone.code, 1);
    EXPECT_TRUE(has(gone.err, "1.safetensors")) << gone.err;
}

TEST_F(CliRegimes, theSameNetworksTrainedAgainAgreeOrNot)
{
    ASSERT_EQ(create().code, 0);
    finishAll();
    ASSERT_EQ(cli("refine " + m_study + " --parent AnyNetX_A --constrain d=:5 --name A5 --models 8").code, 0);
    finishAll();
    const json made = done("retrain " + m_study + " --models 5 -o " + m_other + " --epochs 7 --precision bf16 --json");
    EXPECT_EQ(made["spaces"].size(), 2u);
    EXPECT_EQ(made["spaces"][1]["models"], 5);
    const Study before(m_folder / "a.study", Study::Access::readOnly),
        after(m_folder / "b.study", Study::Access::readOnly);
    EXPECT_EQ(after.recipe().epochs, 7);
    EXPECT_EQ(after.recipe().precision, Precision::bf16);
    EXPECT_EQ(after.recipe().rate, before.recipe().rate) << "what is not given stays";
    EXPECT_EQ(made["models"], after.totals().waiting);
    const int shared = after.reused().empty() ? 0 : static_cast<int>(after.reused().begin()->second.size());
    EXPECT_EQ(after.totals().total(), 10 - shared) << "what both spaces have is trained once";
    std::set<std::int64_t> indices;
    for (const Model& model : before.models())
        if (model.space == SpaceId{1})
            indices.insert(model.sample.index);
    for (const Model& model : after.models())
        EXPECT_TRUE(model.space != SpaceId{1} || indices.count(model.sample.index));

    finishAll("b.study"); // by id, which follows the errors in neither study for certain
    const json agreement = done("agreement --json " + m_study + " " + m_other);
    ASSERT_EQ(agreement["spaces"].size(), 2u);
    EXPECT_EQ(agreement["spaces"][0]["networks"], 5);
    EXPECT_GE(agreement["spaces"][0]["tau"], -1);
    EXPECT_LE(agreement["spaces"][0]["low"], agreement["spaces"][0]["tau"]);
    EXPECT_EQ(agreement["all"]["networks"], 10 - shared);
    EXPECT_EQ(agreement["means"]["spaces"], 2);
    const json itself = done("agreement --json " + m_study + " " + m_study);
    EXPECT_NEAR(itself["all"]["tau"].get<double>(), 1, 1e-12);
    EXPECT_TRUE(has(cli("agreement " + m_study + " " + m_other).out, "Kendall's tau"));

    EXPECT_EQ(cli("retrain " + m_study + " --models 5 -o " + m_other).code, 1) << "it exists";
    EXPECT_EQ(cli("retrain " + m_study + " --models 99 -o " + inQuotes(m_folder / "c.study")).code, 1);
    EXPECT_EQ(cli("retrain " + m_study + " --space None --models 1 -o " + inQuotes(m_folder / "c.study")).code, 2);
    EXPECT_EQ(cli("retrain " + m_study + " --models 1 --epochs 0 -o " + inQuotes(m_folder / "c.study")).code, 2);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "c.study"));
}

TEST_F(CliRegimes, theBestAreTrainedAgainWhereTheyAreWanted)
{
    ASSERT_EQ(create().code, 0);
    finishAll();
    done("retrain " + m_study + " --space AnyNetX_A --models 2 --best -o " + m_other + " --json");
    const Study study(m_folder / "b.study", Study::Access::readOnly);
    std::set<std::int64_t> indices;
    for (const Model& model : study.models())
        indices.insert(model.sample.index);
    const Study old(m_folder / "a.study", Study::Access::readOnly);
    EXPECT_EQ(indices, (std::set{old.model(ModelId{1}).sample.index, old.model(ModelId{2}).sample.index}));
    EXPECT_EQ(study.spaces().front().space.networks.size(), 2u) << "the space is these networks and no other";
    EXPECT_TRUE(has(study.spaces().front().note, "that are best"));
}

TEST_F(CliRegimes, scaledNetworksMakeAPopulation)
{
    ASSERT_EQ(create().code, 0);
    const std::string file = inQuotes(m_folder / "scaled.json");
    const json one = done("scale " + m_study + " --model 1 --rule width --flops 800k");
    EXPECT_NEAR(one["flops"].get<double>(), 8e5, 1.2e5);
    const Result written =
        cli("scale " + m_study + " --model 1 --model 2 --model 3 --rule width --flops 800k -o " + file);
    ASSERT_EQ(written.code, 0) << written.err;
    EXPECT_TRUE(has(written.err, "% from what was asked for")) << written.err;
    const json made =
        done("new " + m_other + " --space " + file + " --models 3 --epochs 1 --batch 32 --training-images 64 " +
             "--validation-images 64 --data " + inQuotes(m_folder.path()) + " --json");
    EXPECT_EQ(made["space"], "scaled by width");
    for (const Model& model : Study(m_folder / "b.study", Study::Access::readOnly).models())
        EXPECT_NEAR(static_cast<double>(model.sample.complexity.flops), 8e5, 1.2e5) << "the wider stem is kept";

    const std::string network = inQuotes(m_folder.write("one.json", one.dump()));
    EXPECT_EQ(done("scale " + network + " --rule depth --flops " + std::to_string(one["flops"].get<int>())), one);
    EXPECT_EQ(cli("scale " + network + " --rule depth --flops 1").code, 1);
    EXPECT_EQ(cli("scale " + network + " --rule taller --flops 1M").code, 2);
    EXPECT_EQ(cli("scale " + network + " --rule depth --flops 1M:2M").code, 2);
    EXPECT_EQ(cli("scale " + network + " " + network + " --model 1 --rule depth --flops 1M").code, 2);
}

} // namespace
