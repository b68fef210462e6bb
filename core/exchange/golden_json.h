// A golden file: a network, weights and images, and what the authors' code computed from them.
#pragma once
#include "core/network/complexity.h"
#include "core/network/state.h"
#include <string>

namespace spacewright {

/// Shapes fit the network: whoever computes with the arrays need not ask again.
struct GoldenFile {
    struct Step {
        double loss = 0;
        std::vector<float> logits;         ///< (images, classes), before the step
        std::vector<NamedArray> gradients; ///< of the parameters; none where the file has none
    };
    Network network;
    double labelSmoothing = 0, rate = 0, momentum = 0, weightDecay = 0;
    std::vector<float> images; ///< (images, channels, resolution, resolution)
    std::vector<std::uint8_t> labels;
    std::vector<NamedArray> start; ///< the parameters
    std::vector<Step> steps;
    std::vector<NamedArray> stateAfter; ///< parameters and running statistics, as in stateShapes
    std::vector<float> logitsAfter;     ///< of an evaluation
    Complexity complexity;
};
/// Throws Error naming what is missing or wrong.
GoldenFile goldenFrom(const std::string& json);

/// Whether the text is a JSON object with "args", as golden files are and our own networks are not.
bool isGolden(const std::string& json);
/// Reads "args" and the input's shape alone. Throws Error naming what is missing or wrong.
Network networkFromGolden(const std::string& json);

} // namespace spacewright
