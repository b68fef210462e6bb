// Streams, graphs and memory through LibTorch's own CUDA headers.
#include "gpu/cuda_session.h"
#include "gpu/kernels/cuda_check.h"
#include "gpu/kernels/cuda_memory.h"
#include "gpu/torch_state.h"
#include <ATen/Context.h>
#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <map>
#include <mutex>

namespace spacewright::cuda {

namespace {

namespace Allocator = c10::cuda::CUDACachingAllocator;

/// One recording at a time, and none while memory goes back to the device: both are rare.
std::mutex& recording()
{
    static std::mutex mutex;
    return mutex;
}

c10::DeviceIndex indexOf(const std::string& device)
{
    return c10::Device(device).index();
}

class GraphReplay : public Replay {
public:
    void run(const std::function<void()>& work) override
    {
        constexpr int plainRuns = 3; // cuDNN and cuBLAS choose algorithms and get their workspaces
        if (++m_runs == plainRuns + 1)
            tryToRecord(work);
        if (m_graph)
            m_graph->replay();
        else
            work();
    }

private:
    /// What cannot be recorded runs as it is, only slower.
    void tryToRecord(const std::function<void()>& work)
    {
        try {
            record(work);
        } catch (const c10::Error& problem) {
            if (isWantOfMemory(problem))
                throw;
            TORCH_WARN_ONCE("A step cannot be recorded as a CUDA graph, so its kernels start one by one: ",
                            problem.what_without_backtrace());
        }
    }

    /// The work does not run while it is recorded; other threads go on with theirs.
    void record(const std::function<void()>& work)
    {
        const std::lock_guard lock(recording());
        Allocator::emptyCache(); // of the plain runs; a graph has memory of its own
        auto graph = std::make_unique<at::cuda::CUDAGraph>();
        graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
        try {
            work();
        } catch (...) {
            try {
                graph->capture_end();     // so that the stream leaves this mode
            } catch (const c10::Error&) { // the first problem is the one to tell
            }
            throw;
        }
        graph->capture_end();
        m_graph = std::move(graph);
    }

    int m_runs = 0;
    std::unique_ptr<at::cuda::CUDAGraph> m_graph;
};

/// Images on the device, in memory that is not LibTorch's: all streams read it.
struct ResidentSet {
    explicit ResidentSet(const BatchSource& onHost)
        : pixels(bytesOf(onHost)), scale({onHost.scale, onHost.scale + onHost.channels}),
          shift({onHost.shift, onHost.shift + onHost.channels}), source{pixels.data(), onHost.channels, onHost.size,
                                                                        scale.data(),  shift.data(),    onHost.count}
    {
        copyToDevice(pixels.data(), onHost.pixels, pixels.bytes());
    }
    static std::size_t bytesOf(const BatchSource& set)
    {
        return static_cast<std::size_t>(set.count) * set.channels * set.size * set.size;
    }

    Array<std::uint8_t> pixels;
    Array<float> scale, shift;
    BatchSource source;
};

/// The one on the current device, made when it is first asked for.
std::shared_ptr<const BatchSource> residentSet(const BatchSource& onHost)
{
    constexpr std::size_t largestShare = 4; // a quarter of what is free; trainings need the rest
    static std::map<std::pair<int, const void*>, std::weak_ptr<const ResidentSet>> sets;
    const std::lock_guard lock(recording()); // as copying waits for the device
    std::weak_ptr<const ResidentSet>& known = sets[{c10::cuda::current_device(), onHost.pixels}];
    std::shared_ptr<const ResidentSet> set = known.lock();
    if (!set) {
        std::size_t free = 0, total = 0;
        must(cudaMemGetInfo(&free, &total));
        if (ResidentSet::bytesOf(onHost) > free / largestShare)
            return nullptr;
        known = set = std::make_shared<const ResidentSet>(onHost);
    }
    return {set, &set->source};
}

class CudaSession : public DeviceSession {
public:
    const DeviceKernels& kernels() const override { return cudaKernels(); }
    void* stream() const override { return c10::cuda::getCurrentCUDAStream().stream(); }
    void copy(void* to, const void* from, std::size_t bytes) const override
    {
        must(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDefault, c10::cuda::getCurrentCUDAStream()));
    }
    std::shared_ptr<const BatchSource> keep(const BatchSource& onHost) const override { return residentSet(onHost); }
    std::unique_ptr<Replay> replay() const override { return std::make_unique<GraphReplay>(); }
};

auto reservedBytes(c10::DeviceIndex device)
{
    const auto all = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    return Allocator::getDeviceStats(device).reserved_bytes[all];
}

/// What LibTorch holds is for trainings, and what is free could be; the data set is in neither.
class CudaMemory : public DeviceMemory {
public:
    explicit CudaMemory(c10::DeviceIndex device) : m_device(device) {}

    std::int64_t available() const override
    {
        const c10::cuda::CUDAGuard guard(m_device);
        std::size_t free = 0, total = 0;
        must(cudaMemGetInfo(&free, &total));
        return static_cast<std::int64_t>(free) + reservedBytes(m_device).current;
    }
    std::int64_t takePeak() override
    {
        try {
            const std::lock_guard lock(recording());
            const std::int64_t peak = reservedBytes(m_device).peak;
            Allocator::emptyCache();
            Allocator::resetPeakStats(m_device);
            return peak;
        } catch (const c10::Error&) { // of an earlier kernel, which its own thread tells
            return 0;
        }
    }

private:
    c10::DeviceIndex m_device;
};

} // namespace

std::shared_ptr<void> ownStream(const std::string& device)
{
    return std::make_shared<c10::cuda::CUDAStreamGuard>(c10::cuda::getStreamFromPool(false, indexOf(device)));
}

std::unique_ptr<DeviceSession> session(Precision precision)
{
    at::globalContext().setAllowTF32CuDNN(precision == Precision::tf32);
    at::globalContext().setAllowTF32CuBLAS(precision == Precision::tf32);
    return std::make_unique<CudaSession>();
}

int generation(const std::string& device)
{
    return at::cuda::getDeviceProperties(indexOf(device))->major;
}

std::unique_ptr<DeviceMemory> memory(const std::string& device)
{
    return std::make_unique<CudaMemory>(indexOf(device));
}

} // namespace spacewright::cuda
