// pycls' sweep setup, in and out: the YAML by which the authors' tools draw a population from a space.
#pragma once
#include "core/design/space.h"
#include "core/study/recipe.h"
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace spacewright {

struct SweepSetup {
    std::string yaml;
    /// What pycls has no words for, so that it would draw from a wider space: "increasing w".
    std::vector<std::string> leftOut;
};
/// A setup of `models` configurations. Throws Error for a list of networks, and for blocks that pycls does not have.
SweepSetup toSweepSetup(const Space&, const Recipe&, std::int64_t models, std::uint64_t seed);

/// Reads a setup of MODEL.TYPE anynet or regnet, with a regnet_sampler or with samplers of single parameters. Throws
/// Error naming the sampler that no space here can draw.
Space spaceFromSweepSetup(const nlohmann::json& setup);

} // namespace spacewright
