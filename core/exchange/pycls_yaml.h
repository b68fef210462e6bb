// pycls' job YAML, in and out: the configuration with which the authors' code builds and trains the same network.
#pragma once
#include "core/design/sampler.h"
#include "core/study/recipe.h"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace spacewright {

/// A complete job file: MODEL.TYPE anynet, and regnet when the sample came from RegNet parameters.
std::string toPyclsYaml(const Sample&, const Recipe&);
/// Reads MODEL.TYPE anynet, regnet, resnet and effnet; keys that do not shape the network are ignored.
/// Throws Error naming the key that is missing or wrong.
Sample sampleFromPyclsYaml(const std::string& yaml);
/// The same of a job that has been read already, as a sweep.json holds it.
Sample sampleFromPyclsJob(const nlohmann::json& job);

} // namespace spacewright
