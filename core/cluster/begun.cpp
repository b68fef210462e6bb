// Checkpoints and their epochs, as pairs of files.
#include "core/cluster/begun.h"
#include "core/cluster/journal.h"
#include "core/cluster/result_line.h"
#include "core/exchange/safetensors.h"
#include "core/whole_file.h"
#include <cinttypes>
#include <cstdio>
#include <optional>
#include <tuple>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

fs::path checkpointIn(const fs::path& folder, ModelId id)
{
    return folder / ("checkpoint-" + std::to_string(std::int64_t(id)) + ".safetensors");
}

fs::path epochsIn(const fs::path& folder, ModelId id)
{
    return folder / ("epochs-" + std::to_string(std::int64_t(id)) + ".jsonl");
}

/// Whose checkpoints lie there.
std::vector<ModelId> modelsIn(const fs::path& folder)
{
    std::vector<ModelId> models;
    std::error_code missing;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, missing)) {
        std::int64_t id = 0;
        if (std::sscanf(entry.path().filename().c_str(), "checkpoint-%" SCNd64, &id) == 1 &&
            entry.path() == checkpointIn(folder, ModelId{id}))
            models.push_back(ModelId{id});
    }
    return models;
}

/// None where there are fewer than the checkpoint counts.
std::optional<std::vector<Epoch>> epochsOf(const fs::path& folder, ModelId id, int counted)
{
    std::vector<Epoch> epochs;
    JournalReader(epochsIn(folder, id)).read([&](const nlohmann::json& line) {
        epochs = epochsFrom(line.at("epochs"));
    });
    return std::ssize(epochs) < counted ? std::nullopt : std::optional(epochs);
}

} // namespace

// Not by the file's time: the clocks of nodes differ.
bool Begun::isBeyond(const Begun& other) const
{
    return job == other.job && std::tuple(epoch, batch) > std::tuple(other.epoch, other.batch);
}

std::optional<Begun> begunAt(const fs::path& path, const Network& network)
{
    try {
        const Checkpoint checkpoint = loadCheckpoint(path, layers(network));
        const auto progress = nlohmann::json::parse(checkpoint.metadata.at("progress")); // gpu/training_progress.h
        return Begun{path, checkpoint.metadata.at("job"), progress.at("epoch"), progress.at("batch"), {}};
    } catch (const StorageError&) {
        throw;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

/// The epochs come first: a checkpoint must find those that it counts.
void keepBegun(const fs::path& folder, ModelId id, std::string_view checkpoint, const std::vector<Epoch>& epochs)
{
    std::error_code ignored; // shows as a file that cannot be written
    fs::create_directory(folder, ignored);
    writeWhole(epochsIn(folder, id), journalLine({{"epochs", toJson(epochs)}}));
    writeWhole(checkpointIn(folder, id), checkpoint);
}

void dropBegun(const fs::path& folder, ModelId id)
{
    std::error_code ignored; // one too many does no harm
    fs::remove(checkpointIn(folder, id), ignored);
    fs::remove(epochsIn(folder, id), ignored);
}

std::map<ModelId, Begun> furthestBegun(const std::vector<fs::path>& folders, const std::vector<TrainedModel>& models)
{
    std::map<ModelId, const Network*> networks;
    for (const TrainedModel& one : models)
        networks[one.model.id] = &one.model.sample.network;
    std::map<ModelId, Begun> furthest;
    for (const fs::path& folder : folders)
        for (const ModelId id : modelsIn(folder)) {
            const auto network = networks.find(id);
            std::optional<Begun> begun;
            if (network != networks.end())
                begun = begunAt(checkpointIn(folder, id), *network->second);
            if (!begun || (furthest.contains(id) && begun->job == furthest[id].job && !begun->isBeyond(furthest[id])))
                continue;
            if (const auto epochs = epochsOf(folder, id, begun->epoch)) {
                begun->epochs = *epochs;
                furthest[id] = *begun;
            }
        }
    return furthest;
}

} // namespace spacewright
