// Optuna's studies, in.
#include "core/exchange/optuna.h"
#include "core/error.h"
#include "core/study/sqlite.h"
#include <array>
#include <fstream>

namespace spacewright {
namespace {

using nlohmann::json;

constexpr std::array prefixes{"params_", "user_attrs_"};

/// What Optuna says of a trial itself, which is no parameter.
bool isOfTrial(const std::string& name)
{
    for (const char* own :
         {"", "number", "value", "values_0", "state", "duration", "datetime_start", "datetime_complete"})
        if (name == own)
            return true;
    return name.starts_with("system_attrs_") || name.starts_with("intermediate_values_");
}

/// Whatever stands where a text should.
std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void deliver(const RowVisitor& visitor, const std::string& where, const std::string& state, json columns)
{
    if (state != "COMPLETE")
        return visitor.refused(where, "It is " + state + " in Optuna, so that it has no result.");
    columns.erase("state"); // Spacewright's own, of a diverged model, say
    visitor.row(where, columns);
}

void eachTrialInTable(const std::filesystem::path& path, const RowVisitor& visitor)
{
    eachCsvRow(path, {[&](const std::string& where, const json& row) {
                          json columns = json::object();
                          for (const auto& [name, value] : row.items()) {
                              std::string plain = isOfTrial(name) ? "" : name;
                              for (const std::string prefix : prefixes)
                                  if (name.starts_with(prefix))
                                      plain = name.substr(prefix.size());
                              if (!plain.empty())
                                  columns[plain] = value;
                          }
                          columns["error"] = row.contains("value") ? row["value"] : row.value("values_0", json());
                          deliver(visitor, where, row.contains("state") ? textOf(row["state"]) : "without a state",
                                  columns);
                      },
                      visitor.refused});
}

void checkIsStudy(Database& database, const std::string& path)
{
    const auto count = [&](const std::string& tables) {
        return database.integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN (" + tables + ")");
    };
    if (count("'studies', 'study_directions', 'trials', 'trial_params', 'trial_values', 'trial_user_attributes', "
              "'trial_intermediate_values'") != 7)
        throw Error(path +
                    (count("'study', 'space', 'model', 'epoch'") == 4
                         ? " is a study of this program. Export its population first, then import that."
                         : " is the SQLite database of another program, no study of Optuna 3 or later.") +
                    " Nothing was changed.");
    if (database.integer("SELECT count(*) FROM studies") != 1)
        throw Error(path + " holds " + std::to_string(database.integer("SELECT count(*) FROM studies")) +
                    " studies. Write one of them with trials_dataframe().to_csv(), then import that.");
    if (database.integer("SELECT count(*) FROM study_directions WHERE objective = 0 AND direction != 'MINIMIZE'") > 0)
        throw Error("The study in " + path +
                    " is not minimised, so that its values are no errors. Write its "
                    "trials_dataframe() with 100 minus the accuracy as value.");
}

/// A categorical parameter is kept as the place of its choice.
json parameterIn(double value, const std::string& distribution)
{
    const json j = json::parse(distribution, nullptr, false);
    if (!j.is_object() || !j.contains("name") || j["name"] != "CategoricalDistribution")
        return value;
    const json::json_pointer path("/attributes/choices");
    const json choices = j.contains(path) && j[path].is_array() ? j[path] : json::array();
    return value >= 0 && value < static_cast<double>(choices.size()) ? choices[static_cast<std::size_t>(value)]
                                                                     : json();
}

void eachTrialInDatabase(const std::filesystem::path& path, const RowVisitor& visitor)
{
    Database database(path, Database::Access::readOnly);
    checkIsStudy(database, path.string());
    Statement trials(database, "SELECT trial_id, number, state FROM trials ORDER BY trial_id");
    Statement values(database, "SELECT value, value_type FROM trial_values WHERE trial_id = ? AND objective = 0");
    Statement parameters(database, "SELECT param_name, param_value, distribution_json FROM trial_params "
                                   "WHERE trial_id = ? ORDER BY param_id");
    Statement attributes(database, "SELECT key, value_json FROM trial_user_attributes WHERE trial_id = ?");
    Statement steps(database, "SELECT intermediate_value FROM trial_intermediate_values WHERE trial_id = ? "
                              "ORDER BY step");
    while (trials.step()) {
        const std::int64_t id = trials.integer(0);
        json columns = json::object();
        for (parameters.bind(id); parameters.step();)
            columns[parameters.text(0)] = parameterIn(parameters.real(1), parameters.text(2));
        for (steps.bind(id); steps.step();)
            columns["epoch_errors"].push_back(steps.isNull(0) ? json() : json(steps.real(0)));
        for (attributes.bind(id); attributes.step();) {
            json value = json::parse(attributes.text(1), nullptr, false);
            if (!value.is_discarded())
                columns[attributes.text(0)] = std::move(value);
        }
        values.bind(id);
        columns["error"] = values.step() && values.text(1) == "FINITE" ? json(values.real(0)) : json();
        deliver(visitor, "trial " + std::to_string(trials.integer(1)), trials.text(2), columns);
    }
}

} // namespace

bool isTrialsTable(const std::string& firstLine)
{
    const auto has = [&](const char* part) { return firstLine.find(part) != std::string::npos; };
    return has("number") && has("value") && has("state") && (has("params_") || has("datetime_start"));
}

void eachTrial(const std::filesystem::path& path, const RowVisitor& visitor)
{
    std::string magic(16, '\0');
    std::ifstream(path, std::ios::binary).read(magic.data(), 16);
    if (magic == std::string("SQLite format 3\0", 16))
        eachTrialInDatabase(path, visitor);
    else
        eachTrialInTable(path, visitor);
}

} // namespace spacewright
