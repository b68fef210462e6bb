// Training one network: it learns, it may diverge, and an interruption changes no bit of the result.
#include "gpu/trainer.h"
#include "core/error.h"
#include "core/exchange/safetensors.h"
#include "gpu/device.h"
#include "synthetic.h"
#include <gtest/gtest.h>
#include <fstream>

using namespace spacewright;

namespace {

class Trainer : public testing::Test {
protected:
    static void SetUpTestSuite() { computeOnOneThread(); }

    /// A training, its end, and what was reported on the way.
    struct Run {
        Outcome outcome;
        std::vector<Epoch> epochs;
        int batches = 0;
    };
    /// Stops when it has been asked `patience` times whether to go on.
    Run run(const TrainingJob& job, int patience = 1 << 30)
    {
        Run result;
        result.outcome = train(job, data,
                               {.goOn = [&] { return patience-- > 0; },
                                .batchDone = [&](const BatchDone&) { ++result.batches; },
                                .epochDone = [&](const Epoch& epoch) { result.epochs.push_back(epoch); }});
        return result;
    }
    TrainingJob job(const std::string& name, int epochs = 2) const
    {
        return {SpaceId{1}, synthetic::sample(0), synthetic::recipe(images, epochs), folder / name};
    }
    static std::vector<NamedArray> weights(const TrainingJob& job) { return loadCheckpoint(job.checkpoint).arrays; }

    synthetic::Folder folder;
    std::filesystem::path images = synthetic::writeImages(folder);
    DataSet data = loadDataSet(images.string(), 0, 64);
};

TEST_F(Trainer, learnsWhatCanBeLearnt)
{
    const Run result = run(job("a", 4));
    EXPECT_EQ(result.outcome.state, ModelState::finished);
    EXPECT_LT(*result.outcome.error, 5);
    EXPECT_EQ(result.batches, 4 * 256 / 16);
    ASSERT_EQ(result.epochs.size(), 4u);
    EXPECT_LT(result.epochs[3].trainingLoss, result.epochs[0].trainingLoss / 4);
    EXPECT_EQ(result.epochs[3].validationError, *result.outcome.error);
    EXPECT_GT(result.outcome.imagesPerSecond, 0);
}

TEST_F(Trainer, countsTheBestEpochWhereTheRecipeSaysSo)
{
    TrainingJob best = job("a", 3);
    best.recipe.score = Recipe::Score::bestEpoch;
    const Run result = run(best);
    double lowest = 100;
    for (const Epoch& epoch : result.epochs)
        lowest = std::min(lowest, epoch.validationError);
    EXPECT_EQ(*result.outcome.error, lowest);
}

TEST_F(Trainer, callsALossThatIsNoNumberDivergedAndNamesTheBatch)
{
    TrainingJob absurd = job("a");
    absurd.recipe.rate = 1e30;
    const Outcome outcome = run(absurd).outcome;
    EXPECT_EQ(outcome.state, ModelState::diverged);
    EXPECT_EQ(*outcome.error, 75);
    EXPECT_NE(outcome.reason.find("epoch 1, batch "), std::string::npos) << outcome.reason;
    EXPECT_FALSE(std::filesystem::exists(absurd.checkpoint));
}

TEST_F(Trainer, callsANetworkThatOnlyGuessesDiverged)
{
    TrainingJob idle = job("a");
    idle.recipe.rate = 0;
    const Outcome outcome = run(idle).outcome;
    EXPECT_EQ(outcome.state, ModelState::diverged);
    EXPECT_EQ(*outcome.error, 75);
    EXPECT_EQ(outcome.reason, "stayed at chance level");
}

TEST_F(Trainer, givesTheSameNumbersAfterAnyInterruption)
{
    TrainingJob whole = job("whole", 3);
    whole.recipe.augment = true; // its random numbers must not depend on the interruption either
    whole.recipe.seed = 2;       // crops hide what there is to learn; with these numbers it is learnt all the same
    const Run expected = run(whole);
    ASSERT_EQ(expected.outcome.state, ModelState::finished);
    const int asked = 3 * (16 + 4);              // batches of training and validation
    for (int patience : {5, 7, 18, asked - 1}) { // stops in training, between and in validation
        TrainingJob broken = whole;
        broken.checkpoint = folder / std::to_string(patience);
        std::vector<Epoch> epochs;
        Run part;
        do {
            part = run(broken, patience);
            epochs.insert(epochs.end(), part.epochs.begin(), part.epochs.end());
        } while (part.outcome.state == ModelState::waiting);
        EXPECT_EQ(part.outcome.error, expected.outcome.error) << patience;
        EXPECT_EQ(weights(broken), weights(whole)) << patience;
        ASSERT_EQ(epochs.size(), 3u);
        for (int i = 0; i < 3; ++i) {
            EXPECT_EQ(epochs[i].trainingLoss, expected.epochs[i].trainingLoss) << patience;
            EXPECT_EQ(epochs[i].trainingError, expected.epochs[i].trainingError) << patience;
            EXPECT_EQ(epochs[i].validationError, expected.epochs[i].validationError) << patience;
        }
    }
}

TEST_F(Trainer, leavesADamagedCheckpointAsideAndStartsOver)
{
    const TrainingJob whole = job("whole"), damaged = job("damaged");
    const Run expected = run(whole);
    run(damaged, 9);
    std::filesystem::resize_file(damaged.checkpoint, std::filesystem::file_size(damaged.checkpoint) - 1);
    EXPECT_EQ(run(damaged).outcome.error, expected.outcome.error);
    EXPECT_EQ(weights(damaged), weights(whole));
}

TEST_F(Trainer, leavesAStrangersLinkAndAFileThatIsTooLargeAsideAndStartsOver)
{
    const TrainingJob whole = job("whole"), begun = job("begun"), linked = job("linked"), large = job("large");
    const Run expected = run(whole);
    run(begun, 9);
    const std::vector<NamedArray> dear = weights(begun);
    std::filesystem::create_symlink(begun.checkpoint, linked.checkpoint);
    EXPECT_EQ(run(linked).batches, expected.batches);
    EXPECT_EQ(weights(linked), weights(whole));
    EXPECT_EQ(weights(begun), dear);

    run(large, 9);
    std::filesystem::resize_file(large.checkpoint, 200'000'000'000); // takes no room
    EXPECT_EQ(run(large).batches, expected.batches);
    EXPECT_EQ(weights(large), weights(whole));
}

TEST_F(Trainer, doesNotGoOnFromTheWeightsOfAnotherRecipe)
{
    TrainingJob first = job("same"), second = job("same");
    run(first, 9);
    second.recipe.rate = 0.01;
    EXPECT_EQ(run(second).batches, 2 * 16);
}

TEST_F(Trainer, goesOnWhereTheImagesLieInAnotherPlaceButNotWithOtherImages)
{
    TrainingJob here = job("same"), elsewhere = job("same");
    elsewhere.recipe.data = "/mnt/elsewhere";
    run(here, 9);
    EXPECT_EQ(run(elsewhere).batches, 2 * 16 - 9);
    const TrainingJob other = job("other");
    run(other, 9);
    data.mean[0] += 0.01F;
    EXPECT_EQ(run(other).batches, 2 * 16);
}

TEST_F(Trainer, givesEverySampleItsOwnWeights)
{
    TrainingJob first = job("1"), again = job("2"), other = job("3");
    other.sample.index = 5;
    for (const TrainingJob& each : {first, again, other})
        run(each, 1);
    EXPECT_EQ(weights(first), weights(again));
    EXPECT_NE(weights(first), weights(other));
}

TEST_F(Trainer, keepsWeightsAndStatisticsOnlyOnceTheResultIsRecorded)
{
    const TrainingJob done = job("a");
    run(done);
    const std::size_t before = weights(done).size();
    dropOptimiserState(done.checkpoint);
    const std::vector<NamedArray> expected = initialState(layers(done.sample.network), Random(1, 1));
    EXPECT_GT(before, expected.size());
    EXPECT_EQ(weights(done).size(), expected.size());
}

TEST_F(Trainer, refusesNetworksMadeForOtherImages)
{
    TrainingJob foreign = job("a");
    foreign.sample.network.inputChannels = 3;
    EXPECT_THROW(run(foreign), Error);
}

} // namespace
