// What a study has still to train, and how long that will take.
#pragma once
#include "core/schedule/time_left.h"
#include "core/study/model_list.h"

namespace spacewright {

struct OpenTraining {
    ModelId id{};
    TrainingWork work;
};

struct OpenWork {
    std::optional<CostModel> costs;    ///< none before the first result
    std::vector<OpenTraining> waiting; ///< in the queue's order
    std::vector<OpenTraining> running; ///< but for those on a cluster
};
OpenWork openWork(const Study&);
/// The same when the models have been read already.
OpenWork openWork(const Study&, const ModelList&);

/// With so many workers, at least those that run; 0 seconds when nothing is open, none before there is a result to
/// judge by.
std::optional<TimeLeft> timeLeft(const OpenWork&, int workers);

struct LongTraining {
    ModelId id{};
    double seconds = 0; ///< predicted
};
/// The waiting models that are predicted to take more than `longerThan` times the median of those that wait, longest
/// first: what to look at before a long run.
std::vector<LongTraining> longTrainings(const OpenWork&);
inline constexpr double longerThan = 4;

} // namespace spacewright
