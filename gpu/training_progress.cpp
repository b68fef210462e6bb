// Progress as JSON in the checkpoint's metadata; momentum as arrays of their own.
#include "gpu/training_progress.h"
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace spacewright {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainingProgress, epoch, batch, lossSum, wrong, epochSeconds, seconds,
                                   trainingSeconds, lastError, bestError)

namespace {

const std::string momentumPrefix = "momentum.";

bool isMomentum(const NamedArray& array)
{
    return array.name.starts_with(momentumPrefix);
}

} // namespace

Checkpoint toCheckpoint(const TrainingProgress& progress, const Module& module, const std::string& job)
{
    Checkpoint checkpoint{{{"job", job}, {"progress", nlohmann::json(progress).dump()}}, module.state()};
    for (NamedArray& array : module.momentum()) {
        array.name = momentumPrefix + array.name;
        checkpoint.arrays.push_back(std::move(array));
    }
    return checkpoint;
}

std::optional<Resumed> resume(const std::filesystem::path& path, const std::string& job,
                              const std::vector<Layer>& layers, const Device& device, const ModuleMaker& makeModule)
{
    std::error_code problem;
    if (!std::filesystem::exists(path, problem)) {
        if (problem)
            throw StorageError(path.string() + " cannot be looked at now (" + problem.message() +
                               "). Check the disk and its permissions.");
        return std::nullopt;
    }
    try {
        Checkpoint checkpoint = loadCheckpoint(path, layers);
        if (checkpoint.metadata["job"] != job)
            throw Error("It belongs to another network or recipe.");
        Resumed resumed{nlohmann::json::parse(checkpoint.metadata["progress"]).get<TrainingProgress>(), nullptr};
        std::vector<NamedArray> state, momentum;
        for (NamedArray& array : checkpoint.arrays) {
            if (!isMomentum(array)) {
                state.push_back(std::move(array));
                continue;
            }
            array.name.erase(0, momentumPrefix.size());
            momentum.push_back(std::move(array));
        }
        resumed.module = makeModule(layers, state, device);
        resumed.module->loadMomentum(momentum);
        return resumed;
    } catch (const StorageError&) { // nothing is wrong with the file
        throw;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& problem) {
        spdlog::warn("{} is left aside, and its network is trained from the start. {}", path.string(), problem.what());
        return std::nullopt;
    }
}

Checkpoint withoutOptimiser(Checkpoint checkpoint)
{
    std::erase_if(checkpoint.arrays, isMomentum);
    checkpoint.metadata.erase("progress");
    return checkpoint;
}

} // namespace spacewright
