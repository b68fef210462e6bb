// Reads populations of errors from studies, lists of models and pycls sweeps.
#include "app/cli/populations.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "core/exchange/pycls_yaml.h"
#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>

namespace spacewright {
namespace {

/// Networks know their total depth as "d"; a person may also call it depth.
std::optional<double> parameterOf(const Sample& sample, const std::string& name)
{
    return parameterValue(sample, name == "depth" ? "d" : name);
}

ErrorList listOf(Population population, const std::filesystem::path& study)
{
    ErrorList list;
    list.name = population.space.space.name;
    list.study = study;
    std::vector<Sample> samples;
    for (const Model& model : population.counted) {
        list.errors.push_back(*model.error);
        samples.push_back(model.sample);
    }
    list.parameter = [samples = std::move(samples)](std::size_t i, const std::string& name) {
        return parameterOf(samples[i], name);
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

using Row = nlohmann::json;

/// A member of an object; null when there is none, or no object.
const Row& member(const Row& object, const std::string& name)
{
    static const Row none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::optional<double> numberIn(const Row& object, const std::string& name)
{
    const Row& value = member(object, name);
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

double errorIn(const Row& value, const std::string& where)
{
    if (!value.is_number() || !std::isfinite(value.get<double>()))
        throw Error(where + " has no error that is a number.");
    return value.get<double>();
}

ErrorList plainList(std::vector<Row> rows, const std::string& path)
{
    ErrorList list;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string where = path + ": model " + std::to_string(i + 1);
        if (!rows[i].is_object() || !rows[i].contains("error"))
            throw Error(where + " is not of the form {\"error\": number, ...}.");
        list.errors.push_back(errorIn(rows[i]["error"], where));
    }
    list.parameter = [rows = std::move(rows)](std::size_t i, const std::string& name) {
        return numberIn(rows[i], name);
    };
    return list;
}

/// A run of a pycls sweep: its parameters are those of its network, its measured complexity and its recipe.
std::optional<double> sweepParameter(const Row& run, const std::optional<Sample>& sample, const std::string& name)
{
    if (const auto counted = numberIn(member(run, "complexity"), name))
        return counted;
    if (name == "lr" || name == "wd")
        return numberIn(member(member(run, "cfg"), "OPTIM"), name == "lr" ? "BASE_LR" : "WEIGHT_DECAY");
    return sample ? parameterOf(*sample, name) : std::nullopt;
}

ErrorList sweep(const std::vector<Row>& runs, const std::string& path)
{
    ErrorList list;
    std::vector<Row> kept;
    std::vector<std::optional<Sample>> samples;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::string where = path + ": run " + std::to_string(i + 1);
        const Row& minima = member(member(runs[i], "test_epoch"), "min_top1_err");
        if (minima.empty())
            continue;
        list.errors.push_back(errorIn(minima.is_array() ? minima.back() : minima, where));
        kept.push_back(runs[i]);
        try {
            samples.push_back(sampleFromPyclsYaml(member(runs[i], "cfg").dump())); // JSON is YAML
        } catch (const Error&) {
            samples.push_back(std::nullopt); // a network of another kind still has an error and a complexity
        }
    }
    if (kept.size() < runs.size())
        std::cerr << path << ": " << runs.size() - kept.size() << " of " << runs.size()
                  << " runs have no result and are left out.\n";
    list.parameter = [kept = std::move(kept), samples = std::move(samples)](std::size_t i, const std::string& name) {
        return sweepParameter(kept[i], samples[i], name);
    };
    return list;
}

Row parsed(const std::string& path)
{
    constexpr int deepest = 100; // what reads the parts is recursive
    const auto notTooDeep = [&](int depth, Row::parse_event_t, const Row&) {
        return depth < deepest ? true : throw Error(path + " is nested too deeply to be a list of models.");
    };
    const Row json = Row::parse(fileText(path), notTooDeep, false);
    const char* wanted = ". What is wanted is a list of {\"error\": number, ...} or a pycls sweep.json.";
    if (json.is_discarded())
        throw Error(path + " is not JSON" + wanted);
    if (!json.is_array())
        throw Error(path + " is not a list" + wanted);
    return json;
}

ErrorList listOfFile(const std::string& path)
{
    const Row json = parsed(path);
    const bool isSweep = !json.empty() && json.front().is_object() && json.front().contains("cfg");
    const std::vector<Row> rows(json.begin(), json.end());
    ErrorList list = isSweep ? sweep(rows, path) : plainList(rows, path);
    list.name = std::filesystem::path(path).stem().string();
    return list;
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

std::vector<ErrorList> errorListsFrom(const std::string& argument)
{
    if (argument.ends_with(".json"))
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
