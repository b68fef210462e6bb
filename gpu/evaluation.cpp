// A trained network on images that it was not trained on.
#include "gpu/evaluation.h"
#include "core/error.h"
#include "gpu/batches.h"
#include "gpu/device.h"
#include "gpu/training_progress.h"
#include <algorithm>

namespace spacewright {

namespace {

constexpr int batchSize = 128; // the answers do not depend on it

std::string shapeOf(int size, int channels)
{
    return std::to_string(size) + "x" + std::to_string(size) + "x" + std::to_string(channels);
}

void checkFit(const Network& network, const ImageSet& images)
{
    if (images.count < 1)
        throw Error("There are no images to test on.");
    if (images.size != network.resolution || images.channels != network.inputChannels)
        throw Error("The network takes images of " + shapeOf(network.resolution, network.inputChannels) +
                    ", but those to test on are " + shapeOf(images.size, images.channels) +
                    ". Choose a data set of the same shape.");
    if (images.classes > network.classes)
        throw Error("The images to test on have " + std::to_string(images.classes) +
                    " classes, but the network knows only " + std::to_string(network.classes) +
                    ". Choose a data set of the same classes.");
}

} // namespace

std::vector<Answer> classify(const EvaluationJob& job)
{
    checkFit(job.network, job.images);
    const std::string device = chosenDevices(job.device).front();
    const std::shared_ptr<void> onDevice = enterDevice(device);
    const std::vector<Layer> network = layers(job.network);
    const std::unique_ptr<Module> module =
        makeModule(network, withoutOptimiser(loadCheckpoint(job.weights, network)).arrays, {device});
    Batches batches(job.images, job.trainedOn, batchSize);
    std::vector<Answer> answers;
    for (int batch = 0; batch < batches.all() && !job.stop.stop_requested(); ++batch) {
        batches.load(batch);
        const std::vector<Answer> more =
            answersFrom(module->evaluateOn(batches.choice()), {batches.labels(), batches.labels() + batches.count()});
        answers.insert(answers.end(), more.begin(), more.end());
    }
    return answers;
}

std::int64_t countWrong(const EvaluationJob& job)
{
    return std::ranges::count_if(classify(job), &Answer::isWrong);
}

} // namespace spacewright
