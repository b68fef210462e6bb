// What a fused module asks of its device beside LibTorch's operators.
#pragma once
#include "core/study/recipe.h"
#include "gpu/kernels/device_kernels.h"
#include <functional>
#include <memory>
#include <string>

namespace spacewright {

/// The same work, many times over. On CUDA it runs as it is at first, which lets libraries choose their algorithms;
/// then it is recorded as a graph, whose kernels start together. Whatever it reads and writes must stay in its place.
class Replay {
public:
    virtual ~Replay() = default;
    virtual void run(const std::function<void()>& work) = 0;
};

class DeviceSession {
public:
    virtual ~DeviceSession() = default;
    virtual const DeviceKernels& kernels() const = 0;
    virtual void* stream() const = 0; ///< of the calling thread
    /// To the device; `from` may be the host's, and may change when the call returns.
    virtual void copy(void* to, const void* from, std::size_t bytes) const = 0;
    /// A copy on the device, which all modules there share and the last one frees: until then the host's must stay as
    /// it is. Null where it would take too much of the memory.
    virtual std::shared_ptr<const BatchSource> keep(const BatchSource& onHost) const = 0;
    virtual std::unique_ptr<Replay> replay() const = 0;
};

/// Of a CUDA device, for threads that have entered it; null for a CPU, and where LibTorch has no CUDA. Of one precision
/// at a time: LibTorch's switch for tf32 is the process'.
std::unique_ptr<DeviceSession> openSession(const std::string& device, Precision);

} // namespace spacewright
