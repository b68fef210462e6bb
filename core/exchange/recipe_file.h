// A training recipe as a file that people read and write: YAML with the fields of core/study/recipe.h.
#pragma once
#include "core/study/recipe.h"

namespace spacewright {

std::string toYaml(const Recipe&);
/// Fields that are left out have their default. Throws Error naming the file and the field that is wrong.
Recipe recipeFromFile(const std::string& path);

} // namespace spacewright
