// Asks the CUDA runtime for memory, and turns its refusals into exceptions.
#include "gpu/kernels/cuda_memory.h"
#include "core/error.h"
#include "gpu/kernels/cuda_check.h"
#include "gpu/memory_full.h"
#include <algorithm>
#include <string>

namespace spacewright::cuda {

void must(cudaError_t result)
{
    if (result == cudaSuccess)
        return;
    cudaGetLastError(); // else the next call reports it again
    if (result == cudaErrorMemoryAllocation)
        throw DeviceMemoryFull();
    throw Error(std::string("The GPU refused its work: ") + cudaGetErrorString(result) +
                ". What was recorded is safe; run again, with --device cpu if it stays so.");
}

void* allocate(std::size_t bytes)
{
    void* memory = nullptr;
    must(cudaMalloc(&memory, std::max<std::size_t>(1, bytes)));
    return memory;
}

void release(void* memory) noexcept
{
    cudaFree(memory);
}

void wait()
{
    must(cudaDeviceSynchronize());
}

void copyToDevice(void* device, const void* host, std::size_t bytes)
{
    must(cudaMemcpy(device, host, bytes, cudaMemcpyHostToDevice));
    wait(); // streams of one's own do not wait for this copy
}

void copyToHost(void* host, const void* device, std::size_t bytes)
{
    wait();
    must(cudaMemcpy(host, device, bytes, cudaMemcpyDeviceToHost));
}

} // namespace spacewright::cuda
