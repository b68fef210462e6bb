// Trains one network for its epochs: stoppable at every batch, resumable from its checkpoint. Knows no thread and no
// study.
#pragma once
#include "core/data/image_set.h"
#include "core/study/study.h"
#include "gpu/engine.h"
#include "gpu/module.h"
#include <functional>

namespace spacewright {

struct TrainingJob {
    SpaceId space{}; ///< with the sample's index and the recipe's seed it determines every random number
    Sample sample;
    Recipe recipe;
    std::filesystem::path checkpoint;
    Device device{}; ///< computes in the recipe's precision
    ModuleMaker makeModule = spacewright::makeModule;
};

struct TrainingHooks {
    std::function<bool()> goOn;                      ///< asked before every batch; may wait (a pause); false stops
    std::function<void(const BatchDone&)> batchDone; ///< `worker` and `id` are left to the caller
    std::function<void(const Epoch&)> epochDone;     ///< before the checkpoint that counts the epoch
    /// Does a step that writes the checkpoint; may wait for the disk and do it again.
    std::function<void(const std::function<void()>& step)> keep = [](const std::function<void()>& step) { step(); };
};

struct Outcome {
    ModelState state = ModelState::waiting; ///< finished, diverged, or waiting when it was stopped
    std::optional<double> error;            ///< percent, by the recipe's score; at chance level for diverged networks
    std::string reason;
    double seconds = 0;         ///< training and validation, pauses and earlier runs' lost work not counted
    double imagesPerSecond = 0; ///< while training
};

/// Goes on from the checkpoint where there is one of this very job; a damaged one is reported in the log and left
/// aside. The checkpoint is written after each epoch, every 30 seconds and when stopped; the numbers that follow are
/// the same as without the interruption. A diverged network keeps no checkpoint. Throws Error when the network does not
/// take this data, and StorageError when the checkpoint can neither be read nor written now.
Outcome train(const TrainingJob&, const DataSet&, const TrainingHooks&);

/// After the result is recorded: the file, where it is still there, keeps weights and running statistics only.
void dropOptimiserState(const std::filesystem::path& checkpoint);

} // namespace spacewright
