// Spaces in the words of pycls and of Optuna.
#include "core/exchange/optuna_code.h"
#include "core/exchange/recipe_file.h"
#include "core/exchange/space_file.h"
#include "core/exchange/sweep_setup.h"
#include "core/exchange/yaml_json.h"
#include "tests/core/study_fixture.h"

namespace spacewright {
namespace {

std::string part(const std::string& text, const std::string& begin)
{
    const auto at = text.find(begin);
    return at == std::string::npos ? "" : text.substr(at, 300);
}

TEST(SweepSetup, aSpaceThatPyclsCanDrawComesBackAsItWas)
{
    int whole = 0;
    for (const Space& space : namedSpaces()) {
        SweepSetup setup;
        if (const auto error = errorOf([&] { setup = toSweepSetup(space, Recipe{}, 500, 1); }); !error.empty()) {
            EXPECT_NE(error.find("know no block"), std::string::npos) << space.name << ": " << error;
            continue;
        }
        if (!setup.leftOut.empty())
            continue;
        ++whole;
        Space back = spaceFromText(setup.yaml);
        back.prototype.inputChannels = space.prototype.inputChannels;
        const auto one = draw(space, 3, 20).samples, other = draw(back, 3, 20).samples;
        for (std::size_t i = 0; i < one.size(); ++i) {
            for (const Constraint& constraint : space.constraints)
                EXPECT_TRUE(fulfils(other[i], constraint)) << space.name << " " << toText(constraint);
            // A range that became one of the distribution is drawn in other steps.
            if (back.constraints == space.constraints) {
                EXPECT_EQ(one[i].network, other[i].network) << space.name << " " << i;
            }
        }
    }
    EXPECT_GE(whole, 8);
}

TEST(SweepSetup, saysWhatPyclsHasNoWordsFor)
{
    const SweepSetup d = toSweepSetup(namedSpace("AnyNetX_D"), Recipe{}, 500, 1);
    EXPECT_EQ(d.leftOut, std::vector<std::string>{"increasing w"});
    EXPECT_NE(d.yaml.find("# pycls cannot draw \"increasing w\""), std::string::npos) << d.yaml;
    EXPECT_NE(errorOf([] { toSweepSetup(namedSpace("ResNet-50"), Recipe{}, 1, 1); }).find("list of networks"),
              std::string::npos);
}

TEST(SweepSetup, limitsNarrowWhatIsDrawn)
{
    Space space = namedSpace("RegNetX-pycls");
    for (const char* text : {"d=14:20", "flops=360M:400M", "acts=:5M", "w_m=2:2.5", "b=1"})
        space = constrained(space, constraintFrom(text));
    const SweepSetup setup = toSweepSetup(space, Recipe{}, 500, 1);
    EXPECT_TRUE(setup.leftOut.empty()) << setup.leftOut.front();
    const Space back = spaceFromText(setup.yaml);
    EXPECT_EQ(back.depth.low, 14);
    EXPECT_EQ(back.depth.high, 20);
    EXPECT_EQ(back.multiplier.high, 2.5);
    EXPECT_EQ(back.constraints, (std::vector{constraintFrom("flops=360M:400M"), constraintFrom("acts=:5M")}));
    EXPECT_EQ(part(setup.yaml, "REGNET.DEPTH").find("RANGE: [14, 20]") != std::string::npos, true) << setup.yaml;
}

TEST(SweepSetup, theAuthorsRegNetSamplerIsRead)
{
    std::string text = bytesOf(TEST_DATA "/pycls_sweep_setup.yaml");
    text.replace(text.find("[2, 4]"), 6, "[2, 2]");
    const Space space = spaceFromText(text);
    EXPECT_EQ(space.name, "mini");
    EXPECT_EQ(space.stages, 2);
    EXPECT_EQ(space.depth, (Distribution{Distribution::Kind::uniform, 4, 8, 1}));
    EXPECT_EQ(space.groupWidth, (Distribution{Distribution::Kind::powerOfTwoOrLogUniform, 1, 8, 8}));
    EXPECT_EQ(space.rate, (RecipeRange{0.05, 0.5}));
    EXPECT_EQ(space.prototype.seRatio, 0.25);
    EXPECT_EQ(space.prototype.stem, StemType::cifar);
    EXPECT_EQ(space.constraints, std::vector{constraintFrom("flops=1M:6M")});
    EXPECT_EQ(draw(space, 1, 5).samples.size(), 5u);
    text.replace(text.find("log_uniform"), 11, "normal");
    EXPECT_NE(errorOf([&] { spaceFromText(text); }).find("\"normal\""), std::string::npos);
}

TEST(SweepSetup, networksOfSeveralNumbersOfStagesAreOneSpace)
{
    std::string text = bytesOf(TEST_DATA "/pycls_sweep_setup.yaml");
    const Space space = spaceFromText(text);
    EXPECT_EQ(stagesText(space), "2 to 4");
    EXPECT_EQ(spaceFromText(toText(space)), space);
    EXPECT_EQ(stagesText(spaceFromText(toSweepSetup(space, Recipe{}, 4, 1).yaml)), "2 to 4");
    EXPECT_NE(toOptunaCode(space).find("FEWEST_STAGES = 2\n"), std::string::npos);

    // Given its number of stages, a network is drawn as from the space of that number.
    std::map<std::size_t, int> seen;
    const auto samples = draw(space, 1, 200).samples;
    for (const Sample& sample : samples) {
        ++seen[sample.network.stages.size()];
        EXPECT_TRUE(fulfils(sample, constraintFrom("flops=1M:6M")));
    }
    EXPECT_EQ(seen.begin()->first, 2u);
    EXPECT_LE(seen.rbegin()->first, 4u);
    EXPECT_GE(seen.size(), 2u);
    for (const Sample& sample : draw(constrained(space, constraintFrom("d3=1:")), 1, 20).samples)
        EXPECT_GE(sample.network.stages.size(), 3u);

    text.replace(text.find("[2, 4]"), 6, "[4, 2]");
    EXPECT_NE(errorOf([&] { spaceFromText(text); }).find("\"NUM_STAGES\""), std::string::npos);
    EXPECT_NE(errorOf([] { spaceFromText("stages: [2, 4]"); }).find("RegNet spaces"), std::string::npos);
}

TEST(OptunaCode, suggestsSharedParametersOnce)
{
    const std::string c = toOptunaCode(namedSpace("AnyNetX_C"));
    EXPECT_NE(c.find("ratios = [trial.suggest_categorical(\"b\", [1, 2, 4])] * STAGES"), std::string::npos) << c;
    EXPECT_NE(c.find("trial.suggest_int(f\"d{i}\", 1, 16, log=True)"), std::string::npos) << c;
    EXPECT_NE(toOptunaCode(namedSpace("AnyNetX_D")).find("all(a <= b for a, b in zip(network[\"widths\"]"),
              std::string::npos);
    EXPECT_NE(errorOf([] { toOptunaCode(namedSpace("EfficientNet-B0")); }).find("list of networks"), std::string::npos);
}

TEST(Yaml, aSpaceAndARecipeReadBackAsTheyWere)
{
    for (const Space& space : namedSpaces())
        EXPECT_EQ(spaceFromText(jsonToYaml(nlohmann::ordered_json::parse(toText(space)))), space) << space.name;
    Recipe recipe;
    recipe.data = "/data: of \"mine\"";
    recipe.weightDecay = 5e-5;
    recipe.augment = true;
    recipe.seed = 1234567890123;
    const std::string path = testing::TempDir() + "recipe.yaml";
    std::ofstream(path) << toYaml(recipe);
    EXPECT_EQ(recipeFromFile(path), recipe) << toYaml(recipe);
    std::ofstream(path) << "epoch: 3\n";
    EXPECT_NE(errorOf([&] { recipeFromFile(path); }).find("\"epoch\""), std::string::npos);
    std::ofstream(path) << "epochs: many\n";
    EXPECT_NE(errorOf([&] { recipeFromFile(path); }).find("\"epochs\" must be"), std::string::npos);
}

} // namespace
} // namespace spacewright
