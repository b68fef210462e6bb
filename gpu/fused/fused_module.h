// The module of CUDA devices.
#pragma once
#include "gpu/device_session.h"
#include "gpu/module.h"

namespace spacewright {

/// See makeModule. The session's kernels work where the device is: with host kernels and the device "cpu" the same
/// module can be tested without a GPU.
std::unique_ptr<Module> makeFusedModule(std::vector<Layer>, const std::vector<NamedArray>& state, const Device&,
                                        std::unique_ptr<DeviceSession>);

} // namespace spacewright
