// Optuna's studies, in and out: its SQLite file (schema version 12), or the CSV of its trials_dataframe().
#pragma once
#include "core/exchange/rows.h"
#include "core/study/study.h"

namespace spacewright {

/// Each trial as columns by name, its value as "error": "trial 0", ... Trials that are not complete are refused. Throws
/// Error for another program's database, one of several studies, and one whose values are maximised.
void eachTrial(const std::filesystem::path&, const RowVisitor&);
/// Whether a CSV file with this first line is Optuna's.
bool isTrialsTable(const std::string& firstLine);

/// A file that optuna.load_study reads; what describes a network are parameters d1, w1, ... and user attributes. The
/// path must not exist.
void writeOptunaStudy(const std::filesystem::path&, const std::string& name, const std::vector<TrainedModel>&);

} // namespace spacewright
