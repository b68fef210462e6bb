// Models that are begun: in a folder on the shared file system, for each its checkpoint with the epochs up to it.
//
//   checkpoint-ID.safetensors, epochs-ID.jsonl
#pragma once
#include "core/study/study.h"
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace spacewright {

/// How far a begun model is.
struct Begun {
    std::filesystem::path checkpoint;
    std::string job; ///< what the training knows it by
    int epoch = 0, batch = 0;
    std::vector<Epoch> epochs; ///< those that the checkpoint counts, or some more

    /// Of the same training, further on.
    bool isBeyond(const Begun&) const;
};

/// None where the file is missing, damaged, or holds more than a training of the network; without epochs. Throws
/// StorageError where the disk does not let it be read now.
std::optional<Begun> begunAt(const std::filesystem::path& checkpoint, const Network&);
/// Safe on the disk when it returns. Throws Error where there is no room, with what was there before.
void keepBegun(const std::filesystem::path& folder, ModelId, std::string_view checkpoint, const std::vector<Epoch>&);
void dropBegun(const std::filesystem::path& folder, ModelId);
/// Of these models those that some folder has a checkpoint of, with the one that is furthest; where a later folder, in
/// this order, has one of another training, that: its maker could not use the earlier one. A folder that is not there
/// has none.
std::map<ModelId, Begun> furthestBegun(const std::vector<std::filesystem::path>& folders,
                                       const std::vector<TrainedModel>&);

} // namespace spacewright
