// A network through LibTorch and its autograd: every device, and what the compiled step is held against.
#pragma once
#include "gpu/module.h"

namespace spacewright {

/// See makeModule; `device`: "cpu", "cuda:0".
std::unique_ptr<Module> makeTorchModule(std::vector<Layer>, const std::vector<NamedArray>& state,
                                        const std::string& device);

} // namespace spacewright
