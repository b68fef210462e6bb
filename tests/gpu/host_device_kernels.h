// The table of device kernels, made of the host versions: what the CUDA kernels are held against, and what lets the
// module that uses them run without a device.
#pragma once
#include "gpu/kernels/device_kernels.h"
#include <vector>

namespace spacewright {

const DeviceKernels& hostDeviceKernels();

/// Rounded to the nearest, ties to even, as a device does.
std::vector<std::uint16_t> toBf16(const std::vector<float>&);
std::vector<float> fromBf16(const std::vector<std::uint16_t>&);

} // namespace spacewright
