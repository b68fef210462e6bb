// Models that are begun: in a folder on the shared file system, for each its checkpoint with the epochs up to it.
//
//   checkpoint-ID.safetensors, epochs-ID.jsonl
#pragma once
#include "core/study/study.h"
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace spacewright {

/// How far a begun model is.
struct Begun {
    int epoch = 0, batch = 0;
    std::filesystem::path checkpoint;
    std::vector<Epoch> epochs; ///< those that the checkpoint counts, or some more
};

/// Safe on the disk when it returns. Throws Error where there is no room, with what was there before.
void keepBegun(const std::filesystem::path& folder, ModelId, std::string_view checkpoint, const std::vector<Epoch>&);
void dropBegun(const std::filesystem::path& folder, ModelId);
/// Of these models those that some folder has a usable checkpoint of, with the one that is furthest. A folder that is
/// not there has none.
std::map<ModelId, Begun> furthestBegun(const std::vector<std::filesystem::path>& folders, const std::set<ModelId>&);

} // namespace spacewright
