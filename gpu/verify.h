// Holds a built network against a golden file: what pycls itself computed for the same weights and images.
#pragma once
#include "gpu/module.h"
#include <filesystem>

namespace spacewright {

/// Largest differences, each relative to the largest entry of its tensor.
struct GoldenErrors {
    double logits = 0;       ///< of every step's forward pass and of the evaluation after the last
    double loss = 0;         ///< relative to the loss
    double gradients = 0;    ///< of the first step
    double state = 0;        ///< parameters and running statistics after the last step
    bool complexity = false; ///< flops, parameters and activations are equal
};

/// Builds the file's network, takes its optimiser steps and compares. Throws Error naming what is wrong with the file.
GoldenErrors verifyGolden(const std::filesystem::path&, const Device& = {});

} // namespace spacewright
