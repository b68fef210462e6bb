// The options that say how networks are trained.
#include "app/cli/recipe_options.h"
#include "app/cli/space_options.h"
#include <CLI/CLI.hpp>

namespace spacewright {

Recipe RecipeOptions::over(Recipe base) const
{
    for (const auto& set : given)
        set(base);
    checkArguments([&] { check(base); });
    return base;
}

void addRecipeOptions(CLI::App& command, RecipeOptions& options)
{
    const auto add = [&](const char* name, auto Recipe::*field, const char* meaning) {
        const CLI::Option* option = command.add_option(name, options.values.*field, meaning)->group("Recipe");
        options.given.push_back([&options, option, field](Recipe& recipe) {
            if (option->count() > 0)
                recipe.*field = options.values.*field;
        });
    };
    add("--data", &Recipe::data, "fashion-mnist, or a folder of IDX files");
    add("--epochs", &Recipe::epochs, "Epochs of each model");
    add("--seed", &Recipe::seed, "Of the networks drawn, initial weights and order of images");
    add("--batch", &Recipe::batch, "Images per step");
    add("--rate", &Recipe::rate, "Learning rate at the start of the cosine");
    add("--weight-decay", &Recipe::weightDecay, "Weight decay");
    add("--training-images", &Recipe::trainingImages, "Images to train on; 0 for all");
    add("--validation-images", &Recipe::validationImages,
        "Images kept for the error, from the end of the training files");
    add("--label-smoothing", &Recipe::labelSmoothing, "Label smoothing");
    const CLI::Option* augment =
        command.add_flag("--augment", options.values.augment, "Flip, pad and crop at random")->group("Recipe");
    options.given.push_back([&options, augment](Recipe& recipe) {
        if (augment->count() > 0)
            recipe.augment = options.values.augment;
    });
}

} // namespace spacewright
