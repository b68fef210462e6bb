// Optuna's studies, out: the tables of its SQLite storage.
#include "core/error.h"
#include "core/exchange/model_columns.h"
#include "core/exchange/optuna.h"
#include "core/study/sqlite.h"
#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

/// As Optuna's RDBStorage makes them: schema version 12, revision v3.2.0.a, the same from 3.2 to 5.0.
constexpr const char* tables = R"sql(
CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name VARCHAR(512) NOT NULL UNIQUE);
CREATE TABLE study_directions (study_direction_id INTEGER PRIMARY KEY, direction VARCHAR(8) NOT NULL,
    study_id INTEGER NOT NULL REFERENCES studies (study_id), objective INTEGER NOT NULL);
CREATE TABLE study_user_attributes (study_user_attribute_id INTEGER PRIMARY KEY,
    study_id INTEGER REFERENCES studies (study_id), "key" VARCHAR(512), value_json TEXT);
CREATE TABLE study_system_attributes (study_system_attribute_id INTEGER PRIMARY KEY,
    study_id INTEGER REFERENCES studies (study_id), "key" VARCHAR(512), value_json TEXT);
CREATE TABLE trials (trial_id INTEGER PRIMARY KEY, number INTEGER, study_id INTEGER REFERENCES studies (study_id),
    state VARCHAR(8) NOT NULL, datetime_start DATETIME, datetime_complete DATETIME);
CREATE INDEX ix_trials_study_id ON trials (study_id);
CREATE TABLE trial_user_attributes (trial_user_attribute_id INTEGER PRIMARY KEY,
    trial_id INTEGER REFERENCES trials (trial_id), "key" VARCHAR(512), value_json TEXT, UNIQUE (trial_id, "key"));
CREATE TABLE trial_system_attributes (trial_system_attribute_id INTEGER PRIMARY KEY,
    trial_id INTEGER REFERENCES trials (trial_id), "key" VARCHAR(512), value_json TEXT, UNIQUE (trial_id, "key"));
CREATE TABLE trial_params (param_id INTEGER PRIMARY KEY, trial_id INTEGER REFERENCES trials (trial_id),
    param_name VARCHAR(512), param_value FLOAT, distribution_json TEXT, UNIQUE (trial_id, param_name));
CREATE TABLE trial_values (trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER NOT NULL REFERENCES trials (trial_id),
    objective INTEGER NOT NULL, value FLOAT, value_type VARCHAR(7) NOT NULL, UNIQUE (trial_id, objective));
CREATE TABLE trial_intermediate_values (trial_intermediate_value_id INTEGER PRIMARY KEY,
    trial_id INTEGER NOT NULL REFERENCES trials (trial_id), step INTEGER NOT NULL, intermediate_value FLOAT,
    intermediate_value_type VARCHAR(7) NOT NULL, UNIQUE (trial_id, step));
CREATE TABLE trial_heartbeats (trial_heartbeat_id INTEGER PRIMARY KEY,
    trial_id INTEGER NOT NULL UNIQUE REFERENCES trials (trial_id), heartbeat DATETIME NOT NULL);
CREATE TABLE version_info (version_info_id INTEGER PRIMARY KEY CHECK (version_info_id = 1), schema_version INTEGER,
    library_version VARCHAR(256));
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO version_info VALUES (1, 12, '3.2.0');
INSERT INTO alembic_version VALUES ('v3.2.0.a');
)sql";

/// Every parameter of a model that can be drawn.
std::vector<std::pair<std::string, double>> parametersOf(const Sample& sample)
{
    std::vector<std::pair<std::string, double>> found;
    std::vector<std::string> names{"w_0", "w_a", "w_m", "rate", "weight_decay"};
    for (const char letter : {'d', 'w', 'b', 'g'})
        for (std::size_t stage = 1; stage <= sample.network.stages.size(); ++stage)
            names.push_back(letter + std::to_string(stage));
    for (const std::string& name : names)
        if (const auto value = parameterValue(sample, name))
            found.emplace_back(name, *value);
    return found;
}

struct Range {
    double low = INFINITY, high = -INFINITY;
};

/// What Optuna holds a value against: the range that the models span.
std::map<std::string, std::string> distributions(const std::vector<TrainedModel>& models)
{
    std::map<std::string, Range> ranges;
    for (const TrainedModel& trained : models)
        for (const auto& [name, value] : parametersOf(trained.model.sample)) {
            Range& range = ranges[name];
            range = {std::min(range.low, value), std::max(range.high, value)};
        }
    std::map<std::string, std::string> result;
    for (const auto& [name, range] : ranges)
        result[name] = nlohmann::json{{"name", "FloatDistribution"},
                                      {"attributes",
                                       {{"low", range.low}, {"high", range.high}, {"log", false}, {"step", nullptr}}}}
                           .dump();
    return result;
}

class Writer {
public:
    Writer(Database& database, const std::vector<TrainedModel>& models)
        : m_database(database), m_distributions(distributions(models)),
          m_trial(database, "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) "
                            "VALUES (?, 1, ?, '2000-01-01 00:00:00.000000', '2000-01-01 00:00:00.000000')"),
          m_value(database, "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                            "VALUES (?, 0, ?, 'FINITE')"),
          m_parameter(database, "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
                                "VALUES (?, ?, ?, ?)"),
          m_attribute(database, "INSERT INTO trial_user_attributes (trial_id, key, value_json) VALUES (?, ?, ?)"),
          m_step(database, "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, "
                           "intermediate_value_type) VALUES (?, ?, ?, 'FINITE')")
    {
    }

    void add(const TrainedModel& trained)
    {
        const Model& model = trained.model;
        m_trial.bind(m_number++, model.error ? "COMPLETE" : "FAIL").run();
        const std::int64_t id = m_database.lastId();
        if (model.error)
            m_value.bind(id, *model.error).run();
        for (const auto& [name, value] : parametersOf(model.sample))
            m_parameter.bind(id, name, value, m_distributions.at(name)).run();
        for (const Epoch& epoch : trained.epochs)
            if (std::isfinite(epoch.validationError))
                m_step.bind(id, epoch.number, epoch.validationError).run();
        const auto columns = toColumns(trained);
        for (const auto& [name, value] : columns.items())
            if (name != "error" && name != "epoch_errors")
                m_attribute.bind(id, name, value.dump()).run();
    }

private:
    Database& m_database;
    std::map<std::string, std::string> m_distributions;
    int m_number = 0;
    Statement m_trial, m_value, m_parameter, m_attribute, m_step;
};

} // namespace

void writeOptunaStudy(const std::filesystem::path& path, const std::string& name,
                      const std::vector<TrainedModel>& models)
{
    const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file < 0)
        throw Error(path.string() + " cannot be made: it exists already, or its folder may not be written to. Choose "
                                    "another name.");
    close(file);
    try {
        Database database(path, Database::Access::readWrite);
        Transaction transaction(database);
        database.execute(tables);
        Statement(database, "INSERT INTO studies VALUES (1, ?)").bind(name).run();
        database.execute("INSERT INTO study_directions VALUES (1, 'MINIMIZE', 1, 0)");
        {
            Writer writer(database, models);
            for (const TrainedModel& model : models)
                writer.add(model);
        }
        transaction.commit();
    } catch (const Error&) {
        std::filesystem::remove(path);
        throw;
    }
}

} // namespace spacewright
