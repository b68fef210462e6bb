// The options that say how networks are trained.
#include "app/cli/recipe_options.h"
#include "app/cli/space_options.h"
#include "core/exchange/recipe_file.h"
#include <CLI/CLI.hpp>
#include <map>

namespace spacewright {

Recipe RecipeOptions::over(Recipe base) const
{
    if (!file.empty())
        checkArguments([&] { base = recipeFromFile(file); });
    for (const auto& set : given)
        set(base);
    checkArguments([&] { check(base); });
    return base;
}

CLI::Option* addPrecisionOption(CLI::App& command, Precision& precision)
{
    static const std::map<std::string, Precision> all{
        {"fp32", Precision::fp32}, {"tf32", Precision::tf32}, {"bf16", Precision::bf16}};
    return command
        .add_option_function<std::string>(
            "--precision", [&precision](const std::string& word) { precision = all.at(word); },
            "What convolutions compute in: fp32 (the default), tf32 on GPUs, bf16 where the device has it")
        ->check(CLI::IsMember(all));
}

void addRecipeOptions(CLI::App& command, RecipeOptions& options)
{
    const auto take = [&](CLI::Option* option, auto Recipe::*field) {
        option->group("Recipe");
        options.given.push_back([&options, option, field](Recipe& recipe) {
            if (option->count() > 0)
                recipe.*field = options.values.*field;
        });
    };
    const auto add = [&](const char* name, auto Recipe::*field, const char* meaning) {
        take(command.add_option(name, options.values.*field, meaning), field);
    };
    command
        .add_option("--recipe", options.file,
                    "A recipe as YAML (see export --format recipe); the options below change it")
        ->group("Recipe")
        ->type_name("FILE");
    add("--data", &Recipe::data, "fashion-mnist, or images: IDX, CIFAR, CLASS/*.png, .npz, .csv");
    add("--epochs", &Recipe::epochs, "Epochs of each model");
    add("--seed", &Recipe::seed, "Of the networks drawn, initial weights and order of images");
    add("--batch", &Recipe::batch, "Images per step");
    add("--rate", &Recipe::rate, "Learning rate at the start of the cosine");
    add("--weight-decay", &Recipe::weightDecay, "Weight decay");
    add("--training-images", &Recipe::trainingImages, "Images to train on; 0 for all");
    add("--validation-images", &Recipe::validationImages,
        "Images kept for the error, from the end of the training files");
    add("--split-seed", &Recipe::splitSeed,
        "Draws the images kept for the error; 0 keeps the files' order where it is an official one");
    add("--label-smoothing", &Recipe::labelSmoothing, "Label smoothing");
    take(command.add_flag("--augment", options.values.augment, "Flip, pad and crop at random"), &Recipe::augment);
    take(addPrecisionOption(command, options.values.precision), &Recipe::precision);
}

} // namespace spacewright
