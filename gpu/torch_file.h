// PyTorch's own files, read by LibTorch: only files that this program has just written, since a pickle from elsewhere
// may hold anything.
#pragma once
#include "core/network/state.h"
#include <filesystem>

namespace spacewright {

std::vector<NamedArray> readStateDict(const std::filesystem::path&);
/// What the TorchScript module answers to images of that shape (batch, channels, height, width).
std::vector<float> torchScriptAnswers(const std::filesystem::path&, const std::vector<float>& images,
                                      const std::vector<std::int64_t>& shape);

} // namespace spacewright
