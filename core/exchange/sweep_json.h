// pycls' sweep.json, in and out: what the authors' tools collect of a sweep, a list of runs.
#pragma once
#include "core/study/study.h"
#include <nlohmann/json.hpp>

namespace spacewright {

/// A run: its network and recipe are those of "cfg", its error the last of "test_epoch.min_top1_err" in percent. Where
/// "cfg" describes no network that this program knows, its complexity is all that is known of it.
/// Throws Error for a run without a result.
TrainedModel fromSweepRun(const nlohmann::json&);
/// Throws Error for a network that pycls cannot build.
nlohmann::ordered_json toSweepRun(const TrainedModel&, const Recipe&);

} // namespace spacewright
