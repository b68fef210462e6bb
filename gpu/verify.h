// Holds a built network against a golden file: what pycls itself computed for the same weights and images.
#pragma once
#include "gpu/engine.h"
#include "gpu/module.h"
#include <filesystem>

namespace spacewright {

/// Builds the file's network, takes its optimiser steps and compares. Throws Error naming what is wrong with the file.
GoldenErrors verifyGolden(const std::filesystem::path&, const Device& = {});

/// The compiled step against LibTorch: a small network, two optimiser steps, one evaluation.
GoldenErrors verifyItself();

} // namespace spacewright
