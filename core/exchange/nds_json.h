// The release of "On Network Design Spaces for Visual Recognition" (Radosavovic et al. 2019), in and out: a list of
// jobs.
#pragma once
#include "core/study/study.h"
#include <nlohmann/json.hpp>

namespace spacewright {

/// A job: its error is "min_test_top1" in percent, its epochs are "test_ep_top1" and so on. "net" describes stages, the
/// first of which stands for the stem; the network is known when it has the job's params and flops, otherwise (and for
/// cells found by search) they are all that is known of it. Throws Error for a job without a result.
TrainedModel fromNdsJob(const nlohmann::json&);
/// Throws Error for a network that the release has no words for.
nlohmann::ordered_json toNdsJob(const TrainedModel&, const Recipe&);

} // namespace spacewright
