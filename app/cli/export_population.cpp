// Writes a space of a study as a population.
#include "app/cli/export_population.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/exchange/study_population.h"
#include <iostream>

namespace spacewright {

void exportPopulation(const std::string& argument, const PopulationFormat& format, const std::filesystem::path& path,
                      bool json)
{
    const Population population = populationFrom(argument, "to write");
    const WrittenPopulation written =
        trainedModels(Study(population.file, Study::Access::readOnly), population.space.id);
    const std::vector<RefusedRow> left = format.write(path, written);
    const std::size_t count = written.models.size() - left.size();
    if (json) {
        Json leftOut = Json::array();
        for (const auto& [where, why] : left)
            leftOut.push_back({{"where", where}, {"why", why}});
        return printJson({{"file", path.string()},
                          {"space", written.name},
                          {"models", count},
                          {"left_out", left.size()},
                          {"reasons", leftOut}});
    }
    std::cout << path.string() << " written: " << count << " models of " << written.name << ".";
    if (!left.empty())
        std::cout << " " << left.size() << " left out, first " << left.front().where << ": " << left.front().why;
    std::cout << '\n';
}

} // namespace spacewright
