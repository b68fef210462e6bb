// The recipe as JSON and the values that it refuses.
#include "core/error.h"
#include "core/study/recipe.h"
#include <gtest/gtest.h>
#include <cmath>
#include <limits>

namespace spacewright {
namespace {

std::string errorOf(const std::string& json)
{
    try {
        recipeFrom(json);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(Recipe, everyFieldSurvivesTheWayThroughJson)
{
    const Recipe recipe{"/data/my set",
                        5000,
                        2000,
                        42,
                        7,
                        32,
                        0.1,
                        0.875,
                        1e-4,
                        0.1,
                        2,
                        Recipe::Schedule::perEpoch,
                        Recipe::Score::bestEpoch,
                        true,
                        Precision::bf16,
                        std::numeric_limits<std::uint64_t>::max()};
    EXPECT_EQ(recipeFrom(toJson(recipe)), recipe);
    EXPECT_EQ(recipeFrom(toJson(Recipe{})), Recipe{});
}

TEST(Recipe, fieldsLeftOutHaveTheirDefault)
{
    Recipe expected;
    expected.epochs = 3;
    EXPECT_EQ(recipeFrom(R"({"epochs": 3})"), expected);
    EXPECT_EQ(recipeFrom("{}"), Recipe{});
}

TEST(Recipe, wordsAndNumbersStandAsPeopleWriteThem)
{
    EXPECT_NE(toJson(Recipe{}).find("\"schedule\": \"per-iteration\""), std::string::npos);
    EXPECT_NE(toJson(Recipe{}).find("\"rate\": 0.05"), std::string::npos);
}

TEST(Recipe, textThatIsNoRecipeIsRefused)
{
    for (const char* text : {"", "{", "[]", "null", "3", "{\"epochs\": 1} x"})
        EXPECT_EQ(errorOf(text), "The recipe is no JSON object.") << text;
    EXPECT_NE(errorOf(R"({"epoch": 3})").find("\"epoch\""), std::string::npos);
}

struct BadField {
    const char* name;
    const char* value;
};
void PrintTo(const BadField& field, std::ostream* out)
{
    *out << field.name << " " << field.value;
}

class RecipeField : public testing::TestWithParam<BadField> {};

TEST_P(RecipeField, isNamedWhenItIsWrong)
{
    const std::string name = std::string("\"") + GetParam().name + "\"";
    const std::string error = errorOf("{" + name + ": " + GetParam().value + "}");
    EXPECT_EQ(error.rfind("The recipe's " + name + " must be ", 0), 0U) << error;
}

INSTANTIATE_TEST_SUITE_P(
    Recipe, RecipeField,
    testing::Values(BadField{"data", "3"}, BadField{"data", "\"\""}, BadField{"training_images", "-1"},
                    BadField{"validation_images", "0"}, BadField{"epochs", "0"}, BadField{"epochs", "1.5"},
                    BadField{"epochs", "3000000000"}, BadField{"epochs", "\"3\""}, BadField{"batch", "0"},
                    BadField{"batch", "true"}, BadField{"rate", "0"}, BadField{"rate", "null"},
                    BadField{"rate", "2000"}, BadField{"momentum", "1"}, BadField{"momentum", "-0.1"},
                    BadField{"weight_decay", "-1"}, BadField{"label_smoothing", "1"}, BadField{"warmup_epochs", "2"},
                    BadField{"schedule", "\"daily\""}, BadField{"schedule", "0"}, BadField{"score", "\"\""},
                    BadField{"augment", "1"}, BadField{"seed", "-1"}, BadField{"seed", "1.5"}));

TEST(Recipe, aValueThatIsNotANumberIsRefused)
{
    Recipe recipe;
    recipe.rate = std::nan("");
    EXPECT_THROW(check(recipe), Error);
    recipe = {};
    recipe.weightDecay = std::numeric_limits<double>::infinity();
    EXPECT_THROW(check(recipe), Error);
}

} // namespace
} // namespace spacewright
