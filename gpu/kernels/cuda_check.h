// What becomes of an error of the CUDA runtime.
#pragma once
#include <cuda_runtime_api.h>

namespace spacewright::cuda {

/// Throws DeviceMemoryFull for want of memory, else Error with CUDA's own words.
void must(cudaError_t);

} // namespace spacewright::cuda
