// The terminal program on studies: made, trained, interrupted, looked at, refined and exported.
#include "core/study/sqlite.h"
#include "program.h"
#include <gtest/gtest.h>
#include <set>

namespace {

using nlohmann::json;

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

class CliStudy : public testing::Test {
protected:
    /// Three small networks on a small data set.
    Result create(const std::string& more = "--epochs 4")
    {
        return cli("new " + m_study +
                   " --space AnyNetX_A --constrain d=1:6 --flops 20k:400k --models 3 --seed 4 --data " +
                   inQuotes(m_folder.writeDataSet()) +
                   " --training-images 256 --validation-images 64 --batch 32 --rate 0.1 --json " + more);
    }
    static json ran(const std::string& arguments)
    {
        const Result result = cli("run " + arguments + " --json");
        EXPECT_EQ(result.code, 0) << result.err;
        return result.json();
    }
    json status() { return cli("status " + m_study + " --json").json(); }

    /// Of model 2, by way of a file.
    json exportedComplexity(const std::string& format)
    {
        const std::string file = inQuotes(m_folder / ("2." + format));
        const Result exported = cli("export " + m_study + " --model 2 --format " + format + " -o " + file);
        EXPECT_EQ(exported.code, 0) << exported.err;
        return cli("complexity --json " + file).json()[0];
    }

    Folder m_folder;
    const std::string m_study = inQuotes(m_folder / "a.study");
};

TEST_F(CliStudy, aBaselineIsTrainedBesideAPopulation)
{
    create();
    const json added = cli("add " + m_study + " --space MobileNetV2-like --json").json();
    EXPECT_EQ(added["models"], 1);
    const Result regNet = cli("add " + m_study + " --space RegNetX-200MF --name small --json");
    EXPECT_EQ(regNet.json()["models"], 1) << regNet.err;
    const json spaces = status()["spaces"];
    ASSERT_EQ(spaces.size(), 3u);
    EXPECT_EQ(spaces[1]["name"], "MobileNetV2-like");
    EXPECT_EQ(spaces[2]["name"], "small");
    EXPECT_EQ(status()["counts"]["waiting"], 5);
    const Result again = cli("add " + m_study + " --space MobileNetV2-like");
    EXPECT_EQ(again.code, 2);
    EXPECT_TRUE(has(again.err, "--name")) << again.err;
    EXPECT_EQ(status()["counts"]["waiting"], 5);
}

TEST_F(CliStudy, goesFromNewToExport)
{
    const Result created = create();
    ASSERT_EQ(created.code, 0) << created.err;
    EXPECT_EQ(created.json()["space"], "AnyNetX_A");
    EXPECT_EQ(created.json()["models"], 3);
    EXPECT_EQ(status()["counts"]["waiting"], 3);
    EXPECT_EQ(status()["recipe"]["precision"], "fp32");
    EXPECT_TRUE(status()["eta_seconds"].is_null()) << "nothing to judge by yet";

    const json first = ran(m_study + " --workers 1 --device cpu --models 1");
    EXPECT_EQ(first["finished"], 1);
    EXPECT_EQ(first["failed"], 0);
    EXPECT_EQ(first["remaining"], 2);
    EXPECT_GT(first["images_per_second"], 0);
    EXPECT_EQ(status()["counts"]["finished"], 1);
    EXPECT_GT(status()["eta_seconds"], 0);
    EXPECT_LE(status()["eta_low"], status()["eta_seconds"]);
    EXPECT_GE(status()["eta_high"], status()["eta_seconds"]);
    const std::string text = cli("status " + m_study).out;
    EXPECT_TRUE(has(text, " ± ") || has(text, " to ")) << "with its uncertainty";

    EXPECT_EQ(ran(m_study + " --workers 2")["remaining"], 0);
    EXPECT_EQ(status()["eta_seconds"], 0);
    EXPECT_EQ(ran(m_study)["finished"], 0) << "nothing was left";

    const json edf = cli("edf " + m_study + " --by d --by w4 --json").json();
    ASSERT_EQ(edf.size(), 1u);
    EXPECT_EQ(edf[0]["n"], 3);
    EXPECT_LE(edf[0]["best"]["d"]["low"], edf[0]["best"]["d"]["high"]);

    // pycls knows three input channels only, so that only our own JSON gives back the same complexity.
    const json ours = exportedComplexity("json"), pycls = exportedComplexity("pycls");
    EXPECT_GE(ours["flops"], 20000);
    EXPECT_LE(ours["flops"], 400000);
    EXPECT_EQ(pycls["params"].get<int>() - ours["params"].get<int>(), 2 * 3 * 3 * 16) << "of the stem";
    for (const std::string name : {"edf.svg", "edf.pdf", "edf.png"}) {
        const Result plotted = cli("plot " + m_study + " -o " + inQuotes(m_folder / name));
        EXPECT_EQ(plotted.code, 0) << plotted.err;
        EXPECT_GT(contents(m_folder / name).size(), 1000u);
    }
    const Result unwritable = cli("plot " + m_study + " -o " + inQuotes(m_folder / "none/edf.svg"));
    EXPECT_EQ(unwritable.code, 1);
    EXPECT_TRUE(has(unwritable.err, "none/edf.svg")) << unwritable.err;
    EXPECT_EQ(cli("plot " + m_study + " --figure scatter --by w4 -o " + inQuotes(m_folder / "w4.svg")).code, 0);
}

TEST_F(CliStudy, aPrecisionThatTheDeviceHasNotIsRefusedBeforeAnythingIsTrained)
{
    ASSERT_EQ(create("--epochs 1 --precision tf32").code, 0);
    EXPECT_EQ(status()["recipe"]["precision"], "tf32");
    const Result refused = cli("run " + m_study + " --device cpu");
    EXPECT_EQ(refused.code, 1);
    EXPECT_TRUE(has(refused.err, "Only GPUs have tf32")) << refused.err;
    EXPECT_EQ(status()["counts"]["waiting"], 3);
    EXPECT_EQ(create("--precision fp64").code, 2);
}

TEST_F(CliStudy, whatWouldNotBeDoneInTimeIsNotStarted)
{
    ASSERT_EQ(create("--epochs 2").code, 0);
    ASSERT_EQ(ran(m_study + " --workers 1 --device cpu --models 1")["finished"], 1);
    // An hour of training, as far as the study knows: whatever else the machine does, ten minutes are too few.
    spacewright::Database study(m_folder / "a.study", spacewright::Database::Access::readWrite);
    study.execute("UPDATE model SET seconds = 3600 WHERE state = 'finished'");
    const Result result = cli("run " + m_study + " --workers 1 --device cpu --minutes 10 --json");
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.json()["finished"], 0);
    EXPECT_EQ(result.json()["remaining"], 2);
    EXPECT_TRUE(has(result.err, "Model 2 of AnyNetX_A was not started: it would take about ")) << result.err;
    EXPECT_TRUE(has(result.err, "it comes first in the next run")) << result.err;
}

TEST_F(CliStudy, hopelessTrainingsAreStoppedOnlyOnDemandAndShownAsBounds)
{
    ASSERT_EQ(create("--epochs 6").code, 0);
    ASSERT_EQ(cli("refine " + m_study + " --parent AnyNetX_A --constrain d=1:5 --models 9").code, 0);
    const json end = ran(m_study + " --workers 2 --device cpu --stop-hopeless");
    EXPECT_EQ(end["finished"].get<int>() + end["stopped"].get<int>() + end["diverged"].get<int>(), 12);
    EXPECT_EQ(status()["counts"]["stopped"], end["stopped"]);
    for (const json& space : cli("edf " + m_study + " --json").json()) {
        const bool bounds = space.contains("edf_bounds");
        EXPECT_EQ(bounds, space.contains("stopped_at_least"));
        EXPECT_EQ(space["edf"].is_null(), bounds);
        EXPECT_EQ(space["mean"].is_null(), bounds) << "a mean of the others would flatter the space";
    }
}

TEST_F(CliStudy, refinedSpacesAreComparedWithTheirParents)
{
    ASSERT_EQ(create().code, 0);
    const Result refined = cli("refine " + m_study + " --parent AnyNetX_A --constrain 'shared b' --models 2 --json");
    ASSERT_EQ(refined.code, 0) << refined.err;
    const std::string child = refined.json()["space"];
    EXPECT_EQ(child, "AnyNetX_A + shared b");
    EXPECT_EQ(refined.json()["models"], 2);
    EXPECT_EQ(cli("refine " + m_study + " --parent AnyNetX_A --constrain 'shared b'").code, 2) << "the name is taken";
    EXPECT_EQ(cli("refine " + m_study + " --parent None --constrain 'shared b'").code, 2);
    EXPECT_EQ(cli("refine " + m_study + " --parent AnyNetX_A").code, 2);

    EXPECT_EQ(cli("compare " + m_study).code, 1) << "nothing is trained yet";
    ran(m_study);
    const Result compared = cli("compare " + m_study + " --json");
    ASSERT_EQ(compared.code, 0) << compared.err;
    EXPECT_EQ(compared.json()["a"]["n"], 3);
    EXPECT_EQ(compared.json()["b"]["name"], child);
    const std::string parentOnly = inQuotes(m_folder / "a.study:AnyNetX_A");
    EXPECT_EQ(cli("edf --json " + parentOnly).json().size(), 1u);
    EXPECT_EQ(cli("compare " + parentOnly + " " + inQuotes((m_folder / "a.study:").string() + child)).code, 0);
    EXPECT_EQ(cli("compare " + parentOnly + " " + inQuotes(m_folder / "a.study:None")).code, 2);
}

TEST_F(CliStudy, whatIsSetAsideIsKeptButNotTrained)
{
    ASSERT_EQ(create().code, 0);
    ASSERT_EQ(cli("refine " + m_study + " --parent AnyNetX_A --constrain 'shared b' --name B --models 2").code, 0);
    const std::string b = inQuotes(m_folder / "a.study:B");
    ASSERT_EQ(cli("aside " + b).code, 0);
    EXPECT_EQ(status()["counts"]["set_aside"], 2);
    EXPECT_EQ(status()["counts"]["waiting"], 3);
    EXPECT_TRUE(has(cli("status " + m_study).out, "Set aside: B; 2 models"));
    EXPECT_EQ(ran(m_study)["finished"], 3);
    EXPECT_EQ(cli("edf --json " + m_study).json().size(), 1u);
    ASSERT_EQ(cli("aside --back " + b).code, 0);
    EXPECT_EQ(status()["counts"]["waiting"], 2);
    EXPECT_EQ(cli("aside " + m_study).code, 2) << "which space?";
    EXPECT_EQ(cli("aside " + inQuotes(m_folder / "a.study:None")).code, 2);
}

TEST_F(CliStudy, theReportIsOneFile)
{
    ASSERT_EQ(create().code, 0);
    EXPECT_EQ(cli("report " + m_study + " -o " + inQuotes(m_folder / "a.html")).code, 0) << "nothing trained yet";
    ran(m_study);
    ASSERT_EQ(cli("report " + m_study + " -o " + inQuotes(m_folder / "a.html")).code, 0);
    ASSERT_EQ(cli("report " + m_study + " -o " + inQuotes(m_folder / "a.md")).code, 0);
    const std::string html = contents(m_folder / "a.html");
    EXPECT_TRUE(has(html, "data:image/svg+xml;base64,"));
    EXPECT_FALSE(has(html, "src=\"http")) << "nothing is fetched";
    EXPECT_TRUE(has(contents(m_folder / "a.md"), "**AnyNetX\\_A**")); // an underscore would begin emphasis
    EXPECT_EQ(cli("report " + m_study + " -o " + inQuotes(m_folder / "a.txt")).code, 2);
}

TEST_F(CliStudy, anInterruptStopsCleanlyAndTheNextRunGoesOn)
{
    ASSERT_EQ(create("--epochs 10").code, 0);
    const Result stopped = cliInterrupted("run " + m_study + " --workers 1 --device cpu --json",
                                          [](const std::string& line) { return has(line, "model 1 of"); });
    EXPECT_EQ(stopped.code, 0) << stopped.err;
    EXPECT_TRUE(has(stopped.err, "Stopping")) << stopped.err;
    const json summary = stopped.json();
    EXPECT_EQ(summary["finished"], 1);
    EXPECT_EQ(summary["remaining"], 2);
    EXPECT_EQ(status()["counts"]["running"], 0);
    EXPECT_EQ(ran(m_study + " --device cpu")["remaining"], 0);
}

TEST_F(CliStudy, aMissingDataSetIsSaidBeforeAnythingIsMade)
{
    const Result result = cli("new " + m_study + " --space AnyNetX_A --data " + inQuotes(m_folder / "nowhere"));
    EXPECT_EQ(result.code, 1);
    EXPECT_TRUE(has(result.err, "nowhere")) << result.err;
    EXPECT_FALSE(std::filesystem::exists(m_folder / "a.study"));
}

TEST_F(CliStudy, aDataSetThatVanishedIsAProblemOfTheRun)
{
    ASSERT_EQ(create().code, 0);
    std::filesystem::remove(m_folder / "train-images-idx3-ubyte");
    const Result result = cli("run " + m_study + " --device cpu --json");
    EXPECT_EQ(result.code, 1);
    EXPECT_TRUE(has(result.err, "train-images-idx3-ubyte")) << result.err;
    EXPECT_EQ(result.json()["remaining"], 3);
}

TEST_F(CliStudy, leavesExistingFilesAlone)
{
    m_folder.write("a.study", "mine");
    EXPECT_EQ(create().code, 1);
    EXPECT_EQ(cli("new --default " + m_study).code, 1);
    for (const char* command : {"run ", "status ", "edf ", "plot -o /dev/null/a.svg ", "doctor "}) {
        const Result result = cli(command + m_study);
        EXPECT_EQ(result.code, 1) << command;
        EXPECT_TRUE(has(result.err + result.out, "a.study")) << result.err;
    }
    EXPECT_EQ(contents(m_folder / "a.study"), "mine");
}

TEST_F(CliStudy, anEmptySpaceLeavesNoFile)
{
    const Result result = create("--params 1:2");
    EXPECT_EQ(result.code, 1);
    EXPECT_TRUE(has(result.err, "params")) << result.err;
    EXPECT_FALSE(std::filesystem::exists(m_folder / "a.study"));
}

TEST_F(CliStudy, whatCannotBeWrittenIsSaid)
{
    ASSERT_EQ(create().code, 0);
    const Result result =
        cli("export " + m_study + " --model 1 --format json -o " + inQuotes(m_folder / "none/1.json"));
    EXPECT_EQ(result.code, 1);
    EXPECT_TRUE(has(result.err, "none/1.json")) << result.err;
    EXPECT_EQ(cli("plot " + m_study + " -o " + inQuotes(m_folder / "edf.svg")).code, 1) << "nothing to draw yet";
    EXPECT_FALSE(std::filesystem::exists(m_folder / "edf.svg"));
    EXPECT_EQ(cli("export " + m_study + " --model 99 --format json -o " + inQuotes(m_folder / "99.json")).code, 1);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "99.json"));
}

TEST_F(CliStudy, doctorChecksTheStudyToo)
{
    ASSERT_EQ(create().code, 0);
    const json list = cli("doctor " + m_study + " --json").json();
    std::set<std::string> names;
    for (const json& check : list) {
        names.insert(check["check"]);
        EXPECT_TRUE(check["ok"].is_boolean());
        EXPECT_FALSE(check["detail"].get<std::string>().empty());
    }
    for (const char* name : {"devices", "data set fashion-mnist", "disk space", "file system", "SQLite"})
        EXPECT_TRUE(names.count(name)) << name;
    EXPECT_TRUE(list.back()["ok"]) << list.back();
    EXPECT_TRUE(has(list.back()["check"], "a.study"));
}

} // namespace
