// Populations of trained models, in the format that the build names.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/study_population.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] {
        const std::filesystem::path file = fileWith(bytes, "population");
        populationFormatOf(file);
        const PopulationFile population = readPopulation(file, populationFormat(POPULATION_FORMAT));
        describe(population, file);
        if (!population.models.empty())
            check(spaceHolding(population.models, "of a file"));
    });
}

} // namespace spacewright::fuzz
