// The options that say how networks are trained; `new` and `retrain` share them.
#pragma once
#include "core/study/recipe.h"
#include <functional>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace spacewright {

struct RecipeOptions {
    std::string file; ///< of --recipe
    Recipe values;
    std::vector<std::function<void(Recipe&)>> given; ///< each sets its field when the option was there

    /// `base`, or the recipe of the file, with what was given. Throws CLI::ValidationError for a value that is out of range.
    Recipe over(Recipe base) const;
};

/// --precision fp32, tf32 or bf16.
CLI::Option* addPrecisionOption(CLI::App&, Precision&);

/// --data, --epochs, --batch and so on. The options must stay where they are until they are parsed.
void addRecipeOptions(CLI::App&, RecipeOptions&);

} // namespace spacewright
