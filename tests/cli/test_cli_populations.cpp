// The terminal program: populations, spaces and recipes come in and go out.
#include "program.h"
#include <gtest/gtest.h>

namespace {

using nlohmann::json;

const std::string sweep = TEST_DATA "/pycls_sweep.json";

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

class CliPopulations : public testing::Test {
protected:
    std::string at(const std::string& name) const { return inQuotes(m_folder / name); }
    Folder m_folder;
};

TEST_F(CliPopulations, aSweepBecomesAStudyThatIsShownAndCompared)
{
    const Result result = cli("import --json " + sweep + " " + at("a.study"));
    ASSERT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(result.json()["models"], 4);
    EXPECT_EQ(result.json()["space"], "pycls_sweep");
    EXPECT_EQ(result.json()["refused"], 0);
    EXPECT_EQ(cli("edf --json " + at("a.study")).json()[0]["edf"], cli("edf --json " + sweep).json()[0]["edf"]);
    const json status = cli("status --json " + at("a.study")).json();
    EXPECT_EQ(status["counts"]["finished"], 4);
    EXPECT_EQ(status["counts"]["waiting"], 0);
    EXPECT_EQ(status["spaces"][0]["imported_from"], "pycls_sweep.json");

    EXPECT_EQ(cli("import " + sweep + " " + at("a.study")).code, 1) << "the name is taken";
    EXPECT_EQ(cli("import --name again " + sweep + " " + at("a.study")).code, 0);
    EXPECT_EQ(cli("compare --json " + at("a.study:pycls_sweep") + " " + at("a.study:again")).json()["ks"]["statistic"],
              0);
    EXPECT_EQ(cli("plot " + at("a.study") + " --figure edf -o " + at("edf.svg")).code, 0);
    EXPECT_TRUE(has(cli("status " + at("a.study")).out, "Imported, not trained here: pycls_sweep"));
}

TEST_F(CliPopulations, rowsThatAreNoModelsAreListedAndTheRestComesIn)
{
    const auto file = m_folder.write("a.csv", "error,d\n10,1\nx,2\n20,3\n");
    const Result result = cli("import " + inQuotes(file) + " " + at("a.study"));
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_TRUE(has(result.out, "2 models imported")) << result.out;
    EXPECT_TRUE(has(result.out, "line 3: The field \"error\" must be a number.")) << result.out;

    const Result none = cli("import " + inQuotes(m_folder.write("none.csv", "error\nx\n")) + " " + at("b.study"));
    EXPECT_EQ(none.code, 1);
    EXPECT_TRUE(has(none.err, "line 2")) << none.err;
    EXPECT_FALSE(std::filesystem::exists(m_folder / "b.study"));
    EXPECT_EQ(cli("import " + at("missing") + " " + at("b.study")).code, 1);
    EXPECT_EQ(cli("import " + inQuotes(m_folder.write("e.json", "[]")) + " " + at("b.study")).code, 1);
}

TEST_F(CliPopulations, everyFormatGivesTheSameEdfBack)
{
    ASSERT_EQ(cli("import " + sweep + " " + at("a.study")).code, 0);
    const json edf = cli("edf --json " + at("a.study")).json()[0]["edf"];
    for (const std::string format : {"sweep", "csv", "jsonl", "optuna", "nds"}) {
        const std::string file = at("out." + format);
        const Result out = cli("export --json " + at("a.study") + " --format " + format + " -o " + file);
        if (format == "nds") { // the sweep's networks have Squeeze-and-Excitation
            EXPECT_EQ(out.code, 1);
            continue;
        }
        ASSERT_EQ(out.code, 0) << out.err;
        EXPECT_EQ(out.json()["models"], 4);
        const Result in = cli("import " + file + " " + at(format + ".study"));
        ASSERT_EQ(in.code, 0) << in.err;
        EXPECT_EQ(cli("edf --json " + at(format + ".study")).json()[0]["edf"], edf) << format;
    }
    EXPECT_EQ(cli("export " + at("a.study") + " --format csv --model 1 -o " + at("x.csv")).code, 2);
    EXPECT_EQ(cli("export " + at("a.study") + " --format pycls -o " + at("x.yaml")).code, 2) << "one model is wanted";
    EXPECT_EQ(cli("export " + at("a.study") + " --model 1 --format pycls -o " + at("x.yaml")).code, 0);
}

TEST_F(CliPopulations, aModelWithoutANetworkIsNotExportedAsOne)
{
    const auto file = m_folder.write("a.csv", "error,d\n10,1\n20,3\n");
    ASSERT_EQ(cli("import " + inQuotes(file) + " " + at("a.study")).code, 0);
    const Result result = cli("export " + at("a.study") + " --model 1 --format json -o " + at("x.json"));
    EXPECT_EQ(result.code, 1);
    EXPECT_TRUE(has(result.err, "only numbers are known")) << result.err;
    EXPECT_EQ(cli("retrain " + at("a.study") + " --models 1 -o " + at("b.study")).code, 1);
    for (const char* figure : {"edf", "scatter"})
        EXPECT_EQ(cli("plot " + at("a.study") + " --json --figure " + figure).code, 0) << figure;
    for (const char* figure : {"networks", "linear-fit", "complexity", "bubbles", "trends"})
        EXPECT_EQ(cli("plot " + at("a.study") + " --json --figure " + figure).code, 1) << figure;
    EXPECT_EQ(cli("report " + at("a.study") + " -o " + at("a.html")).code, 0);
}

TEST_F(CliPopulations, spacesAreShownInTheFormsThatAreReadAgain)
{
    for (const std::string form : {"yaml", "json", "pycls"}) {
        const Result shown = cli("spaces --show AnyNetX_C --as " + form);
        ASSERT_EQ(shown.code, 0) << shown.err;
        const auto file = m_folder.write("space." + form, shown.out);
        const auto networks = [](const std::string& space) {
            return cli("sample --json -n 5 --seed 3 --flops 300M:400M --space " + space).json()["networks"];
        };
        EXPECT_EQ(networks(inQuotes(file)), networks("AnyNetX_C")) << form;
    }
    EXPECT_TRUE(has(cli("spaces --show RegNetX --as optuna").out, "def suggest(trial):"));
    EXPECT_EQ(cli("spaces --show AnyNetX_C --as latex").code, 2);
    EXPECT_EQ(cli("spaces --as yaml").code, 2);
}

TEST_F(CliPopulations, aStudysSpaceAndRecipeMakeTheSameStudyAgain)
{
    const auto data = inQuotes(m_folder.writeDataSet());
    const std::string common = " --data " + data + " --models 3 --space ";
    ASSERT_EQ(cli("new " + at("a.study") + common +
                  "AnyNetX_B --epochs 2 --batch 8 --rate 0.125 --training-images 32 "
                  "--validation-images 16")
                  .code,
              0);
    ASSERT_EQ(cli("export " + at("a.study") + " --format recipe -o " + at("recipe.yaml")).code, 0);
    ASSERT_EQ(cli("export " + at("a.study:AnyNetX_B") + " --format pycls-sweep -o " + at("setup.yaml")).code, 0);
    const Result again =
        cli("new " + at("b.study") + common + at("setup.yaml") + " --recipe " + at("recipe.yaml") + " --epochs 3");
    ASSERT_EQ(again.code, 0) << again.err;
    ASSERT_EQ(cli("export " + at("b.study") + " --format recipe -o " + at("again.yaml")).code, 0);
    const std::string recipe = contents(m_folder / "recipe.yaml"), changed = contents(m_folder / "again.yaml");
    EXPECT_TRUE(has(recipe, "epochs: 2\n")) << recipe;
    EXPECT_TRUE(has(changed, "epochs: 3\n") && has(changed, "rate: 0.125\n")) << changed;
    EXPECT_EQ(cli("new " + at("c.study") + common + "AnyNetX_B --recipe " + at("setup.yaml")).code, 2);
}

TEST_F(CliPopulations, aCapsuleTrainsAgainToTheSameNumbers)
{
    const auto data = inQuotes(m_folder.writeDataSet());
    ASSERT_EQ(cli("new " + at("a.study") +
                  " --space AnyNetX_A --constrain d=:6 --constrain w=:64 --models 2 --epochs 2 "
                  "--batch 8 --training-images 32 --validation-images 16 --data " +
                  data)
                  .code,
              0);
    ASSERT_EQ(cli("run " + at("a.study") + " --workers 1").code, 0);
    const Result out = cli("export " + at("a.study") + " --format capsule -o " + at("a.zip"));
    ASSERT_EQ(out.code, 0) << out.err;

    const Result opened = cli("import --json " + at("a.zip") + " " + at("opened.study"));
    ASSERT_EQ(opened.code, 0) << opened.err;
    EXPECT_EQ(opened.json()["models"], 2);
    EXPECT_EQ(opened.json()["data_problem"], "");
    const json edf = cli("edf --json " + at("a.study")).json();
    EXPECT_EQ(cli("edf --json " + at("opened.study")).json(), edf);

    ASSERT_EQ(cli("import --untrained " + at("a.zip") + " " + at("again.study")).code, 0);
    EXPECT_EQ(cli("status --json " + at("again.study")).json()["counts"]["waiting"], 2);
    ASSERT_EQ(cli("run " + at("again.study") + " --workers 1").code, 0);
    EXPECT_EQ(cli("edf --json " + at("again.study")).json(), edf);
    const auto losses = [&](const std::string& study) {
        const auto file = m_folder / (study + ".jsonl");
        cli("export " + at(study) + " --format jsonl -o " + inQuotes(file));
        const std::string text = contents(file);
        return json::parse(text.substr(0, text.find('\n')))["epoch_losses"];
    };
    EXPECT_EQ(losses("a.study"), losses("again.study"));

    EXPECT_EQ(cli("import " + at("a.zip") + " " + at("opened.study")).code, 1) << "nothing is overwritten";
    EXPECT_EQ(cli("import --name x " + at("a.zip") + " " + at("x.study")).code, 2);
}

} // namespace
