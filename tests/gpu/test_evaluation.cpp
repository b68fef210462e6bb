// Testing a trained network: the answers are those of training's own validation.
#include "gpu/evaluation.h"
#include "core/data/image_set.h"
#include "core/error.h"
#include "core/exchange/safetensors.h"
#include "gpu/device.h"
#include "gpu/trainer.h"
#include "synthetic.h"
#include <gtest/gtest.h>

using namespace spacewright;

namespace {

class Evaluation : public testing::Test {
protected:
    static void SetUpTestSuite() { computeOnOneThread(); }

    /// The sentence of the Error that it throws.
    std::string refusal(const Network& network, const ImageSet& set)
    {
        try {
            countWrong({network, weights, data, set, "cpu"});
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }

    synthetic::Folder folder;
    std::filesystem::path images = synthetic::writeImages(folder);
    std::filesystem::path weights = folder / "1.safetensors";
    DataSet data = loadDataSet(images.string(), 0, 64);
    Network network = synthetic::sample(0).network;
};

TEST_F(Evaluation, countsOnTheValidationImagesWhatTrainingCounted)
{
    const TrainingJob job{SpaceId{1}, synthetic::sample(0), synthetic::recipe(images, 1), weights};
    const Outcome outcome =
        train(job, data,
              {.goOn = [] { return true; }, .batchDone = [](const BatchDone&) {}, .epochDone = [](const Epoch&) {}});
    ASSERT_GT(*outcome.error, 0) << "one epoch is not enough to learn all";
    EXPECT_EQ(100.0 * static_cast<double>(countWrong({network, weights, data, data.validation, "cpu"})) / 64,
              *outcome.error)
        << "with the optimiser's state still in the file";
    dropOptimiserState(weights);
    EXPECT_EQ(100.0 * static_cast<double>(countWrong({network, weights, data, data.validation, "cpu"})) / 64,
              *outcome.error);
    const std::int64_t onTest = countWrong({network, weights, data, data.test, "cpu"});
    EXPECT_LT(onTest, 48) << "three quarters are wrong by chance";
}

TEST_F(Evaluation, eachImageIsAnsweredWithAClassAndItsProbability)
{
    save({{}, initialState(layers(network), Random(1, 1))}, weights);
    const EvaluationJob job{network, weights, data, data.validation, "cpu"};
    const std::vector<Answer> answers = classify(job);
    ASSERT_EQ(std::ssize(answers), data.validation.count);
    std::int64_t wrong = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].truth, data.validation.labels[i]);
        EXPECT_GE(answers[i].probability, 0.25F) << "the largest of four";
        EXPECT_LE(answers[i].probability, 1);
        wrong += answers[i].isWrong();
    }
    EXPECT_EQ(countWrong(job), wrong);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(classify({network, weights, data, data.validation, "cpu", stop.get_token()}).empty());
}

TEST_F(Evaluation, whatCannotBeTestedIsSaid)
{
    EXPECT_NE(refusal(network, data.test).find("1.safetensors"), std::string::npos) << "there are no weights";
    ImageSet other = data.test;
    other.size = 9;
    EXPECT_NE(refusal(network, other).find("takes images of 8x8x1, but those to test on are 9x9x1"), std::string::npos);
    other = data.test;
    other.classes = 5;
    EXPECT_NE(refusal(network, other).find("have 5 classes"), std::string::npos);
    other.count = 0;
    EXPECT_NE(refusal(network, other).find("no images"), std::string::npos);
}

} // namespace
