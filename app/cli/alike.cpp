// The comparison of populations with complexity spread alike, as `compare --by` shows it.
#include "app/cli/alike.h"
#include "core/error.h"
#include <iostream>

namespace spacewright {
namespace {

std::vector<double> complexitiesOf(const ErrorList& list, const std::string& parameter)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < list.errors.size(); ++i) {
        const std::optional<double> value = list.parameter(i, parameter);
        if (!value)
            throw Error("Model " + std::to_string(i + 1) + " of " + list.name + " has no value of \"" + parameter +
                        "\", so complexity cannot be spread alike.");
        values.push_back(*value);
    }
    return values;
}

Json jsonOf(const Normalised& population)
{
    return {{"n", population.edf.n()},
            {"left_out", population.leftOut},
            {"min", number(population.edf.min)},
            {"mean", population.edf.mean},
            {"median", number(population.edf.median)},
            {"models_per_bin", population.modelsPerBin}};
}

} // namespace

Alike alike(const std::vector<ErrorList>& lists, const std::string& parameter, int bins)
{
    std::vector<std::vector<double>> complexities;
    for (const ErrorList& list : lists)
        complexities.push_back(complexitiesOf(list, parameter));
    Alike result{parameter, commonBins(complexities, bins), {}};
    for (std::size_t i = 0; i < lists.size(); ++i)
        try {
            result.populations.push_back(normalised(lists[i].errors, complexities[i], result.bins));
        } catch (const Error& error) {
            throw Error(lists[i].name + ": " + error.what());
        }
    return result;
}

Json jsonOf(const Alike& alike, std::size_t a, std::size_t b)
{
    const Normalised &first = alike.populations[a], &second = alike.populations[b];
    return {{"by", alike.parameter},
            {"low", number(alike.bins.low)},
            {"high", number(alike.bins.high)},
            {"bins", alike.bins.count},
            {"a", jsonOf(first)},
            {"b", jsonOf(second)},
            {"mean_difference", first.edf.mean - second.edf.mean}};
}

void print(const Alike& alike, const std::vector<ErrorList>& lists)
{
    std::cout << "\nWith " << alike.parameter << " spread alike over " << alike.bins.count << " bins from "
              << countText(alike.bins.low) << " to " << countText(alike.bins.high) << ":\n";
    std::vector<std::vector<std::string>> rows{{"population", "n", "left out", "min %", "mean %", "median %"}};
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const Normalised& p = alike.populations[i];
        rows.push_back({lists[i].name, std::to_string(p.edf.n()), std::to_string(p.leftOut), fixed(p.edf.min, 2),
                        fixed(p.edf.mean, 2), fixed(p.edf.median, 2)});
    }
    printTable(rows);
}

} // namespace spacewright
