// What a network, or a file that was written of it, answers to images: how exports are held against the study.
#pragma once
#include "gpu/engine.h"

namespace spacewright {

/// What Training::answers does.
std::vector<float> answers(const Weighted&, const std::vector<float>& images);
/// What Training::fileAnswers does.
std::vector<float> fileAnswers(const std::filesystem::path&, const Weighted&, const std::vector<float>& images);

} // namespace spacewright
