// The CUDA version of the batch: one thread per number that is written.
#include "gpu/kernels/batch.h"
#include "core/error.h"
#include <cuda_runtime.h>
#include <string>

namespace spacewright {

namespace {

__global__ void gather(BatchSource source, const BatchItem* items, std::int64_t total, float* out)
{
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= total)
        return;
    const int c = i % source.channels;
    const int x = i / source.channels % source.size;
    const int y = i / source.channels / source.size % source.size;
    const BatchItem item = items[i / source.channels / source.size / source.size];
    const int row = y + item.down, shifted = x + item.right;
    if (row < 0 || row >= source.size || shifted < 0 || shifted >= source.size) {
        out[i] = 0;
        return;
    }
    const int column = item.flip ? source.size - 1 - shifted : shifted;
    const std::int64_t plane = static_cast<std::int64_t>(item.image) * source.channels + c;
    out[i] = source.pixels[(plane * source.size + row) * source.size + column] * source.scale[c] + source.shift[c];
}

void must(cudaError_t result)
{
    if (result != cudaSuccess)
        throw Error(std::string("The GPU refused to prepare a batch: ") + cudaGetErrorString(result) + ".");
}

/// Device memory that holds a copy of `count` host values, or as many uninitialised ones.
template <class T>
class DeviceArray {
public:
    DeviceArray(const T* host, std::size_t count)
    {
        must(cudaMalloc(&m_data, count * sizeof(T)));
        if (host)
            must(cudaMemcpy(m_data, host, count * sizeof(T), cudaMemcpyHostToDevice));
    }
    ~DeviceArray() { cudaFree(m_data); }
    DeviceArray(const DeviceArray&) = delete;
    DeviceArray& operator=(const DeviceArray&) = delete;
    T* data() { return m_data; }

private:
    T* m_data = nullptr;
};

} // namespace

void gatherBatchOnDevice(const BatchSource& source, const BatchItem* items, int count, float* out, void* stream)
{
    const std::int64_t total = static_cast<std::int64_t>(count) * source.channels * source.size * source.size;
    if (total == 0)
        return;
    constexpr int threads = 256;
    const auto blocks = static_cast<unsigned>((total + threads - 1) / threads);
    gather<<<blocks, threads, 0, static_cast<cudaStream_t>(stream)>>>(source, items, total, out);
    must(cudaGetLastError());
}

std::vector<float> gatherBatchThroughDevice(const BatchSource& source, int imageCount,
                                            const std::vector<BatchItem>& items)
{
    const std::size_t image = static_cast<std::size_t>(source.channels) * source.size * source.size;
    DeviceArray<std::uint8_t> pixels(source.pixels, imageCount * image);
    DeviceArray<float> scale(source.scale, source.channels), shift(source.shift, source.channels);
    DeviceArray<BatchItem> deviceItems(items.data(), items.size());
    DeviceArray<float> out(nullptr, items.size() * image);
    gatherBatchOnDevice({pixels.data(), source.channels, source.size, scale.data(), shift.data()}, deviceItems.data(),
                        static_cast<int>(items.size()), out.data(), nullptr);
    std::vector<float> result(items.size() * image);
    must(cudaMemcpy(result.data(), out.data(), result.size() * sizeof(float), cudaMemcpyDeviceToHost));
    return result;
}

} // namespace spacewright
