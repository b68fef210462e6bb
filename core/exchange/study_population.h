// Puts a population from a file into a study, and takes one out of it.
#pragma once
#include "core/exchange/population_file.h"

namespace spacewright {

/// A space of the file's models, named as given or else as the file, with a note of what came in. Throws Error for a
/// name that is taken and when the file held no model; nothing is changed then.
SpaceId addImported(Study&, const PopulationFile&, const std::filesystem::path& file, const std::string& name = {});

/// The recipe of a new study for the file: nothing of it is trained, so all that is known are the epochs.
Recipe recipeFor(const PopulationFile&);

/// What came in, for people: a sentence each, and the refused rows with their reasons.
std::vector<std::string> describe(const PopulationFile&, const std::filesystem::path& file);

/// The models of a space that have a result, with their epochs.
WrittenPopulation trainedModels(const Study&, SpaceId);

} // namespace spacewright
