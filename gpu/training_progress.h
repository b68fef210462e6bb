// How far a training has come, and how that is kept in a checkpoint together with the arrays.
#pragma once
#include "core/exchange/safetensors.h"
#include "gpu/module.h"
#include <optional>

namespace spacewright {

struct TrainingProgress {
    int epoch = 0;                           ///< completed, validation included
    int batch = 0;                           ///< trained in the current epoch
    double lossSum = 0;                      ///< over the current epoch's batches
    std::int64_t wrong = 0;                  ///< training images of the current epoch that were classified wrongly
    double epochSeconds = 0;                 ///< training and validation of the current epoch
    double seconds = 0;                      ///< the same, of all epochs
    double trainingSeconds = 0;              ///< of all epochs, without validation
    double lastError = 100, bestError = 100; ///< validation, percent
};

/// `job` tells whose progress it is; a checkpoint of another job is none of ours.
Checkpoint toCheckpoint(const TrainingProgress&, const Module&, const std::string& job);

struct Resumed {
    TrainingProgress progress;
    std::unique_ptr<Module> module;
};
/// None where there is no checkpoint of this job; a damaged one is reported in the log.
std::optional<Resumed> resume(const std::filesystem::path&, const std::string& job, const std::vector<Layer>&,
                              const Device&, const ModuleMaker&);

/// Weights and running statistics only.
Checkpoint withoutOptimiser(Checkpoint);

} // namespace spacewright
