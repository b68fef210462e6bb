// The GPUs that the CUDA runtime sees; compiled only with SPACEWRIGHT_CUDA.
#pragma once
#include <string>
#include <vector>

namespace spacewright {

/// "NVIDIA H100, 78 GiB" for each device in CUDA's order; empty without a driver.
std::vector<std::string> cudaDescriptions();

} // namespace spacewright
