// The recipe as JSON, and what is allowed in it.
#include "core/study/recipe.h"
#include "core/design/sampler.h"
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <limits>
#include <type_traits>

namespace spacewright {

NLOHMANN_JSON_SERIALIZE_ENUM(Recipe::Schedule, {{Recipe::Schedule::perIteration, "per-iteration"},
                                                {Recipe::Schedule::perEpoch, "per-epoch"}})
NLOHMANN_JSON_SERIALIZE_ENUM(Recipe::Score,
                             {{Recipe::Score::lastEpoch, "last-epoch"}, {Recipe::Score::bestEpoch, "best-epoch"}})
NLOHMANN_JSON_SERIALIZE_ENUM(Precision,
                             {{Precision::fp32, "fp32"}, {Precision::tf32, "tf32"}, {Precision::bf16, "bf16"}})

namespace {

using Json = nlohmann::ordered_json;

const char* allowedWords(Recipe::Schedule)
{
    return "\"per-iteration\" or \"per-epoch\"";
}

const char* allowedWords(Recipe::Score)
{
    return "\"last-epoch\" or \"best-epoch\"";
}

const char* allowedWords(Precision)
{
    return "\"fp32\", \"tf32\" or \"bf16\"";
}

/// Every field with its name: the one list that writing and reading share.
template <class AnyRecipe, class Visit>
void visitFields(AnyRecipe& recipe, Visit visit)
{
    visit("data", recipe.data);
    visit("training_images", recipe.trainingImages);
    visit("validation_images", recipe.validationImages);
    visit("split_seed", recipe.splitSeed);
    visit("epochs", recipe.epochs);
    visit("batch", recipe.batch);
    visit("rate", recipe.rate);
    visit("momentum", recipe.momentum);
    visit("weight_decay", recipe.weightDecay);
    visit("label_smoothing", recipe.labelSmoothing);
    visit("warmup_epochs", recipe.warmupEpochs);
    visit("schedule", recipe.schedule);
    visit("score", recipe.score);
    visit("augment", recipe.augment);
    visit("precision", recipe.precision);
    visit("seed", recipe.seed);
}

[[noreturn]] void refuse(const std::string& field, const std::string& allowed)
{
    throw Error("The recipe's \"" + field + "\" must be " + allowed + ".");
}

template <class Value>
void read(const std::string& name, const Json& json, Value& value)
{
    const auto takeIf = [&](bool fits, const char* allowed) {
        if (!fits)
            refuse(name, allowed);
        json.get_to(value);
    };
    if constexpr (std::is_same_v<Value, std::string>)
        takeIf(json.is_string(), "a text");
    else if constexpr (std::is_same_v<Value, bool>)
        takeIf(json.is_boolean(), "true or false");
    else if constexpr (std::is_same_v<Value, double>)
        takeIf(json.is_number(), "a number");
    else if constexpr (std::is_enum_v<Value>)
        takeIf(Json(json.get<Value>()) == json, allowedWords(value)); // an unknown word reads as the first one
    else
        takeIf(json.is_number_unsigned() && json <= std::numeric_limits<Value>::max(), "a whole number, 0 or more");
}

} // namespace

std::string toText(Precision precision)
{
    return Json(precision).get<std::string>();
}

std::string toJson(const Recipe& recipe)
{
    Json json;
    visitFields(recipe, [&](const char* name, const auto& value) { json[name] = value; });
    return json.dump(2);
}

Recipe recipeFrom(const std::string& text)
{
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        throw Error("The recipe is no JSON object.");
    Recipe recipe;
    visitFields(recipe, [&](const char* name, auto& value) {
        if (json.contains(name)) {
            read(name, json[name], value);
            json.erase(name);
        }
    });
    if (!json.empty())
        throw Error("The recipe has a field \"" + json.begin().key() + "\" that this program does not know.");
    check(recipe);
    return recipe;
}

Recipe recipeOf(const Sample& sample, Recipe recipe)
{
    recipe.rate = sample.rate.value_or(recipe.rate);
    recipe.weightDecay = sample.weightDecay.value_or(recipe.weightDecay);
    return recipe;
}

void check(const Recipe& recipe)
{
    const auto require = [](bool fulfilled, const char* field, const char* allowed) {
        if (!fulfilled)
            refuse(field, allowed);
    };
    // Written so that a value that is not a number fulfils nothing.
    require(!recipe.data.empty(), "data", "the name of a data set or a folder");
    require(recipe.trainingImages >= 0, "training_images", "0 (all) or more");
    require(recipe.validationImages >= 1, "validation_images", "1 or more");
    require(recipe.epochs >= 1, "epochs", "1 or more");
    require(recipe.batch >= 1, "batch", "1 or more");
    require(recipe.rate > 0 && recipe.rate <= 1000, "rate", "above 0, at most 1000");
    require(recipe.momentum >= 0 && recipe.momentum < 1, "momentum", "at least 0, below 1");
    require(recipe.weightDecay >= 0 && recipe.weightDecay <= 1, "weight_decay", "between 0 and 1");
    require(recipe.labelSmoothing >= 0 && recipe.labelSmoothing < 1, "label_smoothing", "at least 0, below 1");
    require(recipe.warmupEpochs >= 0 && recipe.warmupEpochs <= recipe.epochs, "warmup_epochs",
            "between 0 and the number of epochs");
}

} // namespace spacewright
