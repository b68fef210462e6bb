// The table of formats in which populations come in and go out.
#include "core/error.h"
#include "core/exchange/model_columns.h"
#include "core/exchange/nds_json.h"
#include "core/exchange/optuna.h"
#include "core/exchange/population_file.h"
#include "core/exchange/sweep_json.h"
#include "core/exchange/table_text.h"
#include "core/whole_file.h"
#include <fstream>

namespace spacewright {
namespace {

using nlohmann::json;
using Row = nlohmann::ordered_json;

/// The rows of all models that `toRow` (model, recipe) can write; the others are added to `left`.
template <class ToRow>
std::vector<Row> rowsOf(const WrittenPopulation& population, std::vector<RefusedRow>& left, ToRow toRow)
{
    std::vector<Row> rows;
    for (const TrainedModel& trained : population.models) {
        const std::string where = "model " + std::to_string(std::int64_t(trained.model.id));
        try {
            rows.push_back(toRow(trained, population.recipe));
        } catch (const Error& error) {
            left.push_back({where, error.what()});
        }
    }
    if (rows.empty())
        throw Error(population.name + " holds no model that could be written" +
                    (left.empty() ? "." : "; the first, " + left.front().where + ": " + left.front().why));
    return rows;
}

/// The rows as the elements of one list.
template <class ToRow>
std::vector<RefusedRow> writeList(const std::filesystem::path& path, const WrittenPopulation& population, ToRow toRow)
{
    std::vector<RefusedRow> left;
    std::string text;
    for (const Row& row : rowsOf(population, left, toRow))
        text += (text.empty() ? "[" : ",\n") + row.dump();
    writeWhole(path, text + "]\n");
    return left;
}

std::vector<RefusedRow> writeSweep(const std::filesystem::path& path, const WrittenPopulation& population)
{
    return writeList(path, population, toSweepRun);
}

std::vector<RefusedRow> writeNds(const std::filesystem::path& path, const WrittenPopulation& population)
{
    return writeList(path, population, toNdsJob);
}

Row columnsOf(const TrainedModel& model, const Recipe&)
{
    return toColumns(model);
}

std::vector<RefusedRow> writeLines(const std::filesystem::path& path, const WrittenPopulation& population)
{
    std::vector<RefusedRow> left;
    std::string text;
    for (const Row& row : rowsOf(population, left, columnsOf))
        text += row.dump() + "\n";
    writeWhole(path, text);
    return left;
}

std::string cellText(const Row& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (!value.is_array())
        return value.dump();
    std::string text;
    for (const Row& one : value)
        text += (text.empty() ? "" : " ") + (one.is_null() ? "nan" : one.dump());
    return text;
}

/// Objects as columns "name.part".
Row flat(const Row& row)
{
    Row result;
    for (const auto& [name, value] : row.items())
        if (value.is_object())
            for (const auto& [part, of] : value.items())
                result[name + "." + part] = of;
        else
            result[name] = value;
    return result;
}

/// Columns in the order in which models first have them.
std::vector<RefusedRow> writeCsv(const std::filesystem::path& path, const WrittenPopulation& population)
{
    std::vector<RefusedRow> left;
    std::vector<std::string> names;
    std::vector<Row> rows;
    for (const Row& row : rowsOf(population, left, columnsOf)) {
        rows.push_back(flat(row));
        for (const auto& [name, value] : rows.back().items())
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    }
    TableText table(',');
    for (const std::string& name : names)
        table.text(name);
    table.endLine();
    for (const Row& row : rows) {
        for (const std::string& name : names)
            table.text(row.contains(name) ? cellText(row[name]) : "");
        table.endLine();
    }
    writeWhole(path, std::move(table).lines());
    return left;
}

std::vector<RefusedRow> writeOptuna(const std::filesystem::path& path, const WrittenPopulation& population)
{
    writeOptunaStudy(path, population.name, population.models);
    return {};
}

bool isStudy(const std::string& head)
{
    return head.size() > 72 && head.compare(68, 4, "SPWR") == 0; // SQLite's application id
}

/// The beginning of a file: enough to tell its format.
std::string head(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path))
        throw Error(path.string() + " cannot be read. Check that it exists, is a file and may be read by you.");
    std::string text(65536, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

} // namespace

const std::vector<PopulationFormat>& populationFormats()
{
    static const std::vector<PopulationFormat> table{
        {"sweep", "json", "pycls' sweep.json", eachElement, fromSweepRun, writeSweep},
        {"csv", "csv", "a table with the columns of docs/formats.md", eachCsvRow, fromColumns, writeCsv},
        {"jsonl", "jsonl", "the same columns, one JSON object a line", eachLine, fromColumns, writeLines},
        {"optuna", "db", "a study of Optuna, as SQLite (or, in, as CSV)", eachTrial, fromColumns, writeOptuna},
        {"nds", "json", "a file of the nds release", eachElement, fromNdsJob, writeNds},
        {"list", "json", "a JSON list of {\"error\": number, ...} with the same columns", eachElement, fromColumns,
         nullptr},
    };
    return table;
}

const PopulationFormat& populationFormat(const std::string& name)
{
    std::string names;
    for (const PopulationFormat& format : populationFormats()) {
        if (format.name == name)
            return format;
        names += (names.empty() ? "" : ", ") + std::string(format.name);
    }
    throw Error("There is no format \"" + name + "\" of populations. Choose one of " + names + ".");
}

const PopulationFormat& populationFormatOf(const std::filesystem::path& path)
{
    const std::string text = head(path);
    if (text.starts_with("SQLite format 3"))
        return populationFormat("optuna");
    const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const char first = begin == std::string::npos ? ' ' : text[begin];
    const std::string line = text.substr(0, text.find('\n'));
    if (first == '{' && path.extension() != ".json" && json::accept(line))
        return populationFormat("jsonl");
    if (first == '[' || first == '{' || path.extension() == ".json")
        return populationFormat(text.find("\"cfg\"") != std::string::npos             ? "sweep"
                                : text.find("\"min_test_top1\"") != std::string::npos ? "nds"
                                                                                      : "list");
    return populationFormat(isTrialsTable(line) ? "optuna" : "csv");
}

bool looksLikePopulation(const std::filesystem::path& path)
{
    std::string text;
    try {
        text = head(path);
    } catch (const Error&) {
        return false;
    }
    const std::string format = populationFormatOf(path).name;
    if (format == "csv") // tables of images have numbers in their first line, or columns of pixels
        return text.substr(0, text.find('\n')).find("error") != std::string::npos;
    if (format == "list") // a network, a space or a recipe is one object
        return text.find('[') < text.find('{');
    return format != "optuna" || !isStudy(text);
}

} // namespace spacewright
