// What helper processes say: every kind of event arrives as it was.
#include "gpu/isolated/wire.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

template <class E>
E sent(const E& event)
{
    const std::string line = toLine(Event(event));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    return std::get<E>(std::get<Event>(wordsFrom(line)));
}

TEST(Wire, carriesEveryKindOfEvent)
{
    EXPECT_EQ(sent(ModelStarted{1, ModelId{7}, SpaceId{2}, 40}).sampleIndex, 40);
    EXPECT_EQ(sent(BatchDone{1, ModelId{7}, 2, 3, 4, 5, 0.1, 0.2}).loss, 0.2);
    EXPECT_EQ(sent(EpochDone{1, ModelId{7}, {3, 0.1, 0.2, 30, 40, 5}}).epoch.validationError, 40);
    const ModelDone done = sent(ModelDone{1, ModelId{7}, ModelState::diverged, 90.0, "a \"reason\"\nof two lines"});
    EXPECT_EQ(done.state, ModelState::diverged);
    EXPECT_EQ(done.error, 90.0);
    EXPECT_EQ(done.reason, "a \"reason\"\nof two lines");
    EXPECT_FALSE(sent(ModelDone{1, ModelId{7}, ModelState::failed, {}, ""}).error);
    EXPECT_EQ(sent(MemoryWasFull{1, ModelId{7}, "cuda:0", 4}).parts, 4);
    EXPECT_EQ(sent(WaitsForDisk{1, ModelId{7}, "full"}).id, ModelId{7});
    EXPECT_FALSE(sent(WaitsForDisk{1, {}, "full"}).id);
    EXPECT_EQ(sent(GoesOn{3}).worker, 3);
    EXPECT_EQ(sent(DoesNotFit{1, ModelId{7}, SpaceId{2}, 3, 4}).secondsLeft, 4);
    EXPECT_EQ(sent(WorkerStopped{1, "problem", true}).problem, "problem");
}

TEST(Wire, carriesSignsOfLifeAndTheDevicesThatWereFound)
{
    EXPECT_TRUE(std::holds_alternative<Alive>(wordsFrom(toLine(Alive{}))));
    EXPECT_EQ(std::get<Ready>(wordsFrom(toLine(Ready{"cuda:0, cuda:1"}))).devices, "cuda:0, cuda:1");
}

TEST(Wire, carriesNumbersThatAreNotFiniteAndBytesThatAreNoText)
{
    EXPECT_TRUE(std::isnan(sent(BatchDone{.loss = std::nan("")}).loss));
    EXPECT_EQ(sent(WorkerStopped{.problem = "a\xff"}).problem, "a\xEF\xBF\xBD");
}

TEST(Wire, carriesOptionsAndOrders)
{
    const EngineOptions options = optionsFrom(toLine(EngineOptions{.study = {},
                                                                   .otherWorkers = 3,
                                                                   .device = "cuda:1",
                                                                   .reference = true,
                                                                   .models = 3,
                                                                   .share = 0.5,
                                                                   .seconds = 9,
                                                                   .background = true,
                                                                   .stopHopeless = true}));
    EXPECT_EQ(options.device, "cuda:1");
    EXPECT_TRUE(options.reference && options.stopHopeless && options.background);
    EXPECT_EQ(options.models, 3);
    EXPECT_EQ(options.otherWorkers, 3);
    EXPECT_EQ(options.share, 0.5);
    EXPECT_EQ(options.seconds, 9);
    const Orders orders{true, true, 0.3, 4, std::chrono::steady_clock::now()};
    EXPECT_EQ(ordersFrom(toLine(orders)), orders);
    EXPECT_EQ(ordersFrom(toLine(Orders{})), Orders{});
}

} // namespace
