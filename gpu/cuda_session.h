// What LibTorch offers for CUDA devices beyond tensors: streams, graphs, its memory. Compiled with a CUDA LibTorch
// only.
#pragma once
#include "gpu/device_room.h"
#include "gpu/device_session.h"

namespace spacewright::cuda {

/// `device`: "cuda:1". The calling thread's work goes to a stream of its own until the result is let go, on this
/// thread.
std::shared_ptr<void> ownStream(const std::string& device);

/// Of the calling thread's stream and device.
std::unique_ptr<DeviceSession> session(Precision);

/// The major number of its compute capability: 8 is Ampere.
int generation(const std::string& device);

std::unique_ptr<DeviceMemory> memory(const std::string& device);

} // namespace spacewright::cuda
