// Whose turn it is: the drawn order, and at the end the longest first, so that the workers end together.
#include "core/design/random.h"
#include "core/schedule/time_left.h"
#include "core/schedule/turn.h"
#include "study_fixture.h"
#include <cmath>
#include <numeric>

namespace spacewright {
namespace {

CostModel byFlops()
{
    std::vector<MeasuredTraining> trainings;
    for (int i = 1; i <= 200; ++i)
        trainings.push_back({{1e6 * i, 1e4, 1e5, 30}, 0.1 * i});
    return CostModel::fitted(trainings).value();
}

Model waitingModel(std::int64_t id, double flops)
{
    Model model;
    model.id = ModelId{id};
    model.sample = smallSample(0);
    model.sample.complexity = {static_cast<std::int64_t>(flops), 10'000, 100'000};
    return model;
}

/// Waiting models in drawn order, their costs spread as those of a default study (the log's deviation is 0.4).
std::vector<Model> drawnQueue(std::uint64_t seed, int n)
{
    Random random(seed, 0);
    std::vector<Model> queue;
    for (int i = 0; i < n; ++i)
        queue.push_back(waitingModel(i + 1, 2e7 * std::exp(1.4 * (random.uniform() - 0.5))));
    return queue;
}

/// In which order one worker after the other takes them.
std::vector<Model> taken(std::vector<Model> queue, int workers, const CostModel* model)
{
    std::vector<Model> order;
    while (!queue.empty()) {
        const auto look = std::min(queue.size(), static_cast<std::size_t>(tailLength(workers)) + 1);
        const auto next = turn({queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(look)}, workers, model);
        order.push_back(queue.at(next));
        queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(next));
    }
    return order;
}

std::vector<ModelId> ids(const std::vector<Model>& models)
{
    std::vector<ModelId> result;
    for (const Model& model : models)
        result.push_back(model.id);
    return result;
}

TEST(Turn, beforeTheTailModelsComeInTheOrderInWhichTheyWereDrawn)
{
    const CostModel model = byFlops();
    const std::vector<Model> queue = drawnQueue(1, 48), order = taken(queue, 2, &model);
    const auto head = 48 - tailLength(2);
    for (int i = 0; i < head; ++i)
        EXPECT_EQ(order[i].id, queue[i].id);
    for (int i = head; i + 1 < 48; ++i)
        EXPECT_GE(order[i].sample.complexity.flops, order[i + 1].sample.complexity.flops);
    EXPECT_NE(ids(order), ids(queue));
}

TEST(Turn, longestFirstAtTheEndShortensTheRun)
{
    const CostModel model = byFlops();
    for (const int workers : {2, 4, 8}) {
        double drawn = 0, longestFirst = 0, least = 0;
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const std::vector<Model> queue = drawnQueue(seed, 48);
            const auto end = [&](const std::vector<Model>& order) {
                std::vector<double> seconds;
                for (const Model& one : order)
                    seconds.push_back(model.seconds(workOf(one.sample)));
                least += std::accumulate(seconds.begin(), seconds.end(), 0.0) / workers / 2;
                return makespan(std::vector<double>(workers, 0.0), seconds);
            };
            drawn += end(queue);
            longestFirst += end(taken(queue, workers, &model));
        }
        EXPECT_LT(longestFirst - least, 0.45 * (drawn - least)) << "idle time at the end, " << workers << " workers";
    }
}

TEST(Turn, withoutPredictionsOrWithOneWorkerNothingIsReordered)
{
    const CostModel model = byFlops();
    const std::vector<Model> queue = drawnQueue(2, 12);
    EXPECT_EQ(ids(taken(queue, 1, &model)), ids(queue));
    EXPECT_EQ(ids(taken(queue, 4, nullptr)), ids(queue));
}

TEST(Turn, whatAPersonAskedForStaysFirst)
{
    const CostModel model = byFlops();
    std::vector<Model> queue = drawnQueue(3, 6);
    queue[0].isNext = queue[1].isNext = true;
    queue[2].priority = queue[3].priority = 1;
    std::vector<Model> order = taken(queue, 4, &model);
    EXPECT_TRUE(order[0].isNext && order[1].isNext);
    EXPECT_TRUE(order[2].priority == 1 && order[3].priority == 1);
}

} // namespace
} // namespace spacewright
