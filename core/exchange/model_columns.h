// A trained model as columns by name: the rows of CSV and JSON Lines files, documented in docs/formats.md.
#pragma once
#include "core/study/study.h"
#include <nlohmann/json.hpp>

namespace spacewright {

/// Its result and its network: network_json.h's fields beside those of the result.
nlohmann::ordered_json toColumns(const TrainedModel&);
/// Reads `toColumns`' form, with lists as JSON lists or as text ("1 2 4"). Where a part of the network's description is
/// missing, the network is not known, and all numbers are values of the model. Other columns of numbers are values too.
/// Throws Error naming the column that is missing or wrong.
TrainedModel fromColumns(const nlohmann::json& row);

} // namespace spacewright
