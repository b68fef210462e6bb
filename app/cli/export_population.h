// Writes a space of a study as a population: all models with a result.
#pragma once
#include "core/exchange/population_file.h"

namespace spacewright {

/// STUDY or STUDY:SPACE. Says what was written, as JSON or as a sentence.
void exportPopulation(const std::string& argument, const PopulationFormat&, const std::filesystem::path&, bool json);

} // namespace spacewright
