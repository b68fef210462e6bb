// Reads populations of errors from studies and from files of models.
#include "app/cli/populations.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "core/exchange/population_file.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

/// A parameter of a model by our name for it, a file's, a person's or pycls'.
std::optional<double> parameterOf(const Model& model, const std::string& name)
{
    if (const auto value = valueOf(model, name))
        return value;
    for (const auto& [alias, plain] : {std::pair("depth", "d"), {"lr", "rate"}, {"wd", "weight_decay"}})
        if (name == alias)
            return valueOf(model, plain);
    return std::nullopt;
}

ErrorList listOf(Population population, const std::filesystem::path& study)
{
    ErrorList list;
    list.name = population.space.space.name;
    list.study = study;
    for (const Model& model : population.counted)
        list.errors.push_back(*model.error);
    list.parameter = [counted = population.counted](std::size_t i, const std::string& name) {
        return parameterOf(counted[i], name);
    };
    list.population = std::move(population);
    return list;
}

std::vector<Population> populationsOfStudy(const std::string& path, const std::optional<std::string>& wanted)
{
    const auto shown = view(Study(path, Study::Access::readOnly));
    std::vector<Population> populations;
    std::vector<std::string> names;
    for (const Population& population : shown->populations) {
        names.push_back(population.space.space.name);
        if (wanted ? *wanted != names.back() : population.space.setAside)
            continue;
        populations.push_back(population);
        populations.back().space.setAside = false; // one that is named is wanted, set aside or not
    }
    if (populations.empty() && wanted)
        throw CLI::ValidationError(path + " has no space \"" + *wanted + "\"; it has: " + joined(names) + ".");
    return populations;
}

ErrorList listOfFile(const std::string& path)
{
    const PopulationFormat& format = populationFormatOf(path);
    PopulationFile file = readPopulation(path, format);
    if (file.refusedCount > 0) {
        const auto& [where, why] = file.refused.front();
        // A list that somebody made for this program is right or wrong; of a sweep some runs may have died.
        if (format.name == std::string("list"))
            throw Error(path + ": " + where + ": " + why);
        std::cerr << path << ": " << file.refusedCount << " of " << file.refusedCount + std::ssize(file.models)
                  << " models have no result and are left out, first " << where << ": " << why << '\n';
    }
    ErrorList list;
    list.name = std::filesystem::path(path).stem().string();
    std::vector<Model> counted;
    for (TrainedModel& trained : file.models)
        if (trained.model.error) {
            list.errors.push_back(*trained.model.error);
            counted.push_back(std::move(trained.model));
        }
    list.parameter = [counted = std::move(counted)](std::size_t i, const std::string& name) {
        return parameterOf(counted[i], name);
    };
    return list;
}

/// Whether the argument is a population as a file, and no study.
bool isPopulationFile(const std::string& argument)
{
    const std::string ending = std::filesystem::path(argument).extension().string();
    return ending == ".json" || ending == ".jsonl" || ending == ".csv";
}

} // namespace

Overlap overlap(const ErrorList& a, const ErrorList& b)
{
    if (a.population && b.population && a.study == b.study)
        return overlap(*a.population, *b.population);
    return {a.errors, {}, b.errors};
}

StudyArgument studyArgument(const std::string& argument)
{
    for (std::size_t colon = argument.find(':'); colon != std::string::npos; colon = argument.find(':', colon + 1))
        if (!std::filesystem::exists(argument) && std::filesystem::is_regular_file(argument.substr(0, colon)))
            return {argument.substr(0, colon), argument.substr(colon + 1)};
    return {argument, std::nullopt};
}

std::vector<Population> populationsFrom(const std::string& argument)
{
    const StudyArgument study = studyArgument(argument);
    return populationsOfStudy(study.path, study.space);
}

Population populationFrom(const std::string& argument, const std::string& forWhat)
{
    std::vector<Population> populations = populationsFrom(argument);
    if (populations.size() == 1)
        return std::move(populations.front());
    std::vector<std::string> names;
    for (const Population& population : populations)
        names.push_back(population.space.space.name);
    throw CLI::ValidationError(argument + " holds " + std::to_string(populations.size()) + " spaces (" + joined(names) +
                               "); name the one " + forWhat + " as STUDY:SPACE.");
}

std::vector<ErrorList> errorListsFrom(const std::string& argument)
{
    if (isPopulationFile(argument))
        return {listOfFile(argument)};
    const std::filesystem::path study = std::filesystem::absolute(studyArgument(argument).path).lexically_normal();
    std::vector<ErrorList> lists;
    for (Population& population : populationsFrom(argument))
        lists.push_back(listOf(std::move(population), study));
    return lists;
}

std::vector<ErrorList> errorListsFrom(const std::vector<std::string>& arguments)
{
    std::vector<ErrorList> all;
    for (const std::string& argument : arguments)
        for (ErrorList& list : errorListsFrom(argument))
            all.push_back(std::move(list));
    // Spaces of several studies may have one name; the study's is then put behind it.
    std::map<std::string, int> times;
    for (const ErrorList& list : all)
        ++times[list.name];
    for (ErrorList& list : all)
        if (times[list.name] > 1 && list.population)
            list.name += " (" + list.study.stem().string() + ")";
    return all;
}

} // namespace spacewright
