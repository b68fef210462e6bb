// Asks the CUDA runtime for names and memory.
#include "gpu/kernels/cuda_devices.h"
#include <cuda_runtime_api.h>

namespace spacewright {

std::vector<std::string> cudaDescriptions()
{
    int count = 0;
    std::vector<std::string> result;
    if (cudaGetDeviceCount(&count) != cudaSuccess)
        return result;
    for (int i = 0; i < count; ++i) {
        cudaDeviceProp properties{};
        if (cudaGetDeviceProperties(&properties, i) == cudaSuccess)
            result.push_back(std::string(properties.name) + ", " + std::to_string(properties.totalGlobalMem >> 30) +
                             " GiB");
    }
    return result;
}

} // namespace spacewright
