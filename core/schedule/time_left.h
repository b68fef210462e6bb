// How long a queue will take: the predicted times dealt to workers, with an interval.
#pragma once
#include "core/schedule/cost_model.h"

namespace spacewright {

struct TimeLeft {
    double seconds = 0;
    double low = 0, high = 0; ///< 95 %
};

/// A training that has begun; `share` of it is done (0..1), none when nobody said.
struct RunningTraining {
    TrainingWork work;
    std::optional<double> share;
};

/// Each worker takes the next of the waiting trainings when it is free, beginning with what runs (the first `workers`
/// of it; what runs beyond that runs elsewhere and is waited for). The interval is that of many such queues whose
/// times differ from the predicted ones as residuals do, and together by what the fit does not know. The same
/// arguments give the same numbers. workers >= 1.
TimeLeft timeLeft(const CostModel&, const std::vector<RunningTraining>&, const std::vector<TrainingWork>& waiting,
                  int workers);

/// When the last of the jobs ends that are dealt in this order to whoever is free; `busy`: when each worker is.
double makespan(std::vector<double> busy, const std::vector<double>& jobs);

} // namespace spacewright
