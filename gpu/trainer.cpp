// The training loop.
#include "gpu/trainer.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "gpu/batches.h"
#include "gpu/schedule.h"
#include "gpu/training_progress.h"
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

namespace spacewright {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto checkpointInterval = std::chrono::seconds(30);

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The random numbers of one model: separate streams, so that none depends on how many another has used.
class Streams {
public:
    explicit Streams(const TrainingJob& job)
        : m_model(
              Random(Random(job.recipe.seed, static_cast<std::uint64_t>(job.space)).bits(), job.sample.index).bits())
    {
    }
    Random weights() const { return Random(m_model, 0); }
    Random order(int epoch) const { return Random(m_model, 2 * epoch + 1); }
    Random augmentation(int epoch, int batch) const { return Random(Random(m_model, 2 * epoch + 2).bits(), batch); }

private:
    std::uint64_t m_model;
};

/// Throws Error when the network was not made for this data.
void checkFit(const Network& network, const DataSet& data, const Recipe& recipe)
{
    const ImageSet& set = data.training;
    const auto shape = [](int size, int channels, int classes) {
        return std::to_string(size) + "x" + std::to_string(size) + "x" + std::to_string(channels) + " images of " +
               std::to_string(classes) + " classes";
    };
    if (network.inputChannels != set.channels || network.resolution != set.size || network.classes < set.classes)
        throw Error("The study's networks take " + shape(network.resolution, network.inputChannels, network.classes) +
                    ", but the data set " + data.name + " has " + shape(set.size, set.channels, set.classes) +
                    ". Nothing was trained; create a study for this data set.");
    if (set.count < recipe.batch || data.validation.count < 1)
        throw Error("The data set " + data.name + " has " + std::to_string(set.count) + " training and " +
                    std::to_string(data.validation.count) + " validation images, too few for batches of " +
                    std::to_string(recipe.batch) + ". Use a larger data set or a smaller batch.");
}

/// What a checkpoint of this job is known by. Where the images lie is no part of it: on another machine they lie
/// elsewhere.
std::string keyOf(const TrainingJob& job, const DataSet& data)
{
    Recipe recipe = job.recipe;
    recipe.data.clear();
    const std::vector<std::uint8_t>& labels = data.training.labels;
    const nlohmann::json images{{"labels", checksum({reinterpret_cast<const char*>(labels.data()), labels.size()})},
                                {"mean", data.mean},
                                {"deviation", data.deviation}}; // as JSON: the same text in every locale
    return toJson(recipe) + " space " + std::to_string(static_cast<std::int64_t>(job.space)) + " sample " +
           std::to_string(job.sample.index) + " " + toJson(job.sample) + " images " + images.dump();
}

class Trainer {
public:
    Trainer(const TrainingJob&, const DataSet&, const TrainingHooks&);
    Outcome run();

private:
    enum class End { done, stopped, diverged };
    End trainEpoch();
    End trainBatch();
    End validate();
    void report() const;
    void recordEpoch();
    void saveProgress();
    Outcome diverged(const std::string& reason);
    Outcome outcome(ModelState) const;
    double imagesPerSecond() const;

    const TrainingJob& m_job;
    const Recipe& m_recipe;
    const TrainingHooks& m_hooks;
    Streams m_streams;
    std::string m_key; ///< what a checkpoint of this job is known by
    Batches m_training, m_validation;
    double m_chance; ///< error of guessing, percent
    std::unique_ptr<Module> m_module;
    TrainingProgress m_now;
    Clock::time_point m_saved = Clock::now();
};

Trainer::Trainer(const TrainingJob& job, const DataSet& data, const TrainingHooks& hooks)
    : m_job(job), m_recipe(job.recipe), m_hooks(hooks), m_streams(job),
      m_key(keyOf(job, data)),
      m_training(data.training, data, job.recipe.batch), m_validation(data.validation, data, job.recipe.batch),
      m_chance(100 * (1 - 1.0 / data.training.classes))
{
    const std::vector<Layer> list = layers(job.sample.network);
    Device device = job.device;
    device.precision = job.recipe.precision;
    if (std::optional<Resumed> resumed = resume(job.checkpoint, m_key, list, device, job.makeModule)) {
        m_now = resumed->progress;
        m_module = std::move(resumed->module);
    } else {
        m_module = job.makeModule(list, initialState(list, m_streams.weights()), device);
    }
}

Outcome Trainer::run()
{
    while (m_now.epoch < m_recipe.epochs) {
        End end = trainEpoch();
        if (end == End::done)
            end = validate();
        if (end == End::diverged)
            return diverged("the loss was no longer a finite number in epoch " + std::to_string(m_now.epoch + 1) +
                            ", batch " + std::to_string(m_now.batch + 1));
        if (end == End::stopped) {
            saveProgress();
            return outcome(ModelState::waiting);
        }
        recordEpoch();
        saveProgress();
    }
    const double error = m_recipe.score == Recipe::Score::bestEpoch ? m_now.bestError : m_now.lastError;
    if (error >= m_chance - 1)
        return diverged("stayed at chance level");
    Outcome result = outcome(ModelState::finished);
    result.error = error;
    return result;
}

Trainer::End Trainer::trainEpoch()
{
    m_training.shuffle(m_streams.order(m_now.epoch));
    while (m_now.batch < m_training.whole()) {
        if (!m_hooks.goOn())
            return End::stopped;
        const Clock::time_point start = Clock::now();
        const End end = trainBatch();
        m_now.trainingSeconds += secondsSince(start);
        m_now.epochSeconds += secondsSince(start);
        if (end != End::done)
            return end;
        report();
        if (Clock::now() - m_saved > checkpointInterval)
            saveProgress();
    }
    return End::done;
}

Trainer::End Trainer::trainBatch()
{
    if (m_recipe.augment)
        m_training.load(m_now.batch, m_streams.augmentation(m_now.epoch, m_now.batch));
    else
        m_training.load(m_now.batch);
    const Module::Pass pass = m_module->trainOn(m_training.choice(), m_training.labels(), m_recipe.labelSmoothing);
    if (!std::isfinite(pass.loss))
        return End::diverged;
    m_module->update(rateAt(m_recipe, m_now.epoch, m_now.batch, m_training.whole()), m_recipe.momentum,
                     m_recipe.weightDecay);
    m_now.lossSum += pass.loss;
    m_now.wrong += m_training.wrong(pass.logits);
    ++m_now.batch;
    return End::done;
}

Trainer::End Trainer::validate()
{
    std::int64_t wrong = 0, images = 0;
    for (int batch = 0; batch < m_validation.all(); ++batch) {
        if (!m_hooks.goOn())
            return End::stopped;
        const Clock::time_point start = Clock::now();
        m_validation.load(batch);
        wrong += m_validation.wrong(m_module->evaluateOn(m_validation.choice()));
        images += m_validation.count();
        m_now.epochSeconds += secondsSince(start);
    }
    m_now.lastError = 100.0 * static_cast<double>(wrong) / static_cast<double>(images);
    m_now.bestError = std::min(m_now.bestError, m_now.lastError);
    return End::done;
}

void Trainer::report() const
{
    m_hooks.batchDone({.epoch = m_now.epoch + 1,
                       .epochs = m_recipe.epochs,
                       .batch = m_now.batch,
                       .batches = m_training.whole(),
                       .imagesPerSecond = imagesPerSecond(),
                       .loss = m_now.lossSum / m_now.batch});
}

/// Passes the epoch on and begins the next one.
void Trainer::recordEpoch()
{
    const double images = static_cast<double>(m_now.batch) * m_recipe.batch;
    m_hooks.epochDone({.number = m_now.epoch + 1,
                       .rate = rateAt(m_recipe, m_now.epoch, 0, m_training.whole()),
                       .trainingLoss = m_now.lossSum / m_now.batch,
                       .trainingError = 100 * static_cast<double>(m_now.wrong) / images,
                       .validationError = m_now.lastError,
                       .seconds = m_now.epochSeconds});
    m_now.seconds += m_now.epochSeconds;
    ++m_now.epoch;
    m_now.batch = 0;
    m_now.lossSum = m_now.epochSeconds = 0;
    m_now.wrong = 0;
}

void Trainer::saveProgress()
{
    m_hooks.keep([&] { save(toCheckpoint(m_now, *m_module, m_key), m_job.checkpoint); });
    m_saved = Clock::now();
}

Outcome Trainer::diverged(const std::string& reason)
{
    m_hooks.keep([&] { dropCheckpoint(m_job.checkpoint); });
    Outcome result = outcome(ModelState::diverged);
    result.error = m_chance;
    result.reason = reason;
    return result;
}

Outcome Trainer::outcome(ModelState state) const
{
    return {.state = state,
            .error = {},
            .reason = {},
            .seconds = m_now.seconds + m_now.epochSeconds,
            .imagesPerSecond = imagesPerSecond()};
}

double Trainer::imagesPerSecond() const
{
    const double batches = static_cast<double>(m_now.epoch) * m_training.whole() + m_now.batch;
    return m_now.trainingSeconds > 0 ? batches * m_recipe.batch / m_now.trainingSeconds : 0;
}

} // namespace

Outcome train(const TrainingJob& job, const DataSet& data, const TrainingHooks& hooks)
{
    checkFit(job.sample.network, data, job.recipe);
    return Trainer(job, data, hooks).run();
}

void dropOptimiserState(const std::filesystem::path& checkpoint)
{
    try {
        save(withoutOptimiser(loadCheckpoint(checkpoint)), checkpoint);
    } catch (const StorageError&) {
        throw;
    } catch (const Error&) {
        if (std::error_code unknown; std::filesystem::exists(checkpoint, unknown))
            throw;
    }
}

} // namespace spacewright
