// A model's result as a line of a journal.
#pragma once
#include "core/study/study.h"
#include <nlohmann/json.hpp>

namespace spacewright {

/// A place in an attempt's weights.bin, which holds one safetensors file after the other.
struct WeightsPlace {
    std::int64_t offset = 0, bytes = 0;
    std::uint32_t checksum = 0;
};

struct ResultLine {
    int shard = 0;
    TrainedModel trained; ///< id, state, errors, reason, time and epochs; no network
    std::optional<WeightsPlace> weights;
};

inline constexpr const char *resultKind = "result", *problemKind = "problem";

nlohmann::ordered_json toJson(const std::vector<Epoch>&);
/// Throws for what is no list of epochs.
std::vector<Epoch> epochsFrom(const nlohmann::json&);
nlohmann::ordered_json toJson(const ResultLine&);
/// Throws Error for what is no result.
ResultLine resultFrom(const nlohmann::json&);

/// Whether two trainings came to the same numbers; how long they took does not matter.
bool haveSameNumbers(const TrainedModel&, const TrainedModel&);

} // namespace spacewright
