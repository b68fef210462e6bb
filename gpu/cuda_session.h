// What LibTorch offers for CUDA devices beyond tensors: streams, graphs, its memory. Compiled with a CUDA LibTorch
// only.
#pragma once
#include "gpu/device_session.h"
#include <cstdint>
#include <string>

namespace spacewright::cuda {

/// `device`: "cuda:1". The calling thread's work goes to a stream of its own until the result is let go, on this
/// thread.
std::shared_ptr<void> ownStream(const std::string& device);

/// Of the calling thread's stream and device.
std::unique_ptr<DeviceSession> session(Precision);

/// The major number of its compute capability: 8 is Ampere.
int generation(const std::string& device);

std::int64_t freeBytes(const std::string& device);     ///< for this and other processes
std::int64_t reservedBytes(const std::string& device); ///< by LibTorch, for what lives and what may come
/// What LibTorch keeps for later goes back to the device.
void releaseCache();

} // namespace spacewright::cuda
