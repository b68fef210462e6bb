// A network on the CPU whose step is compiled once and run many times: no LibTorch, no autograd, no allocation inside.
#pragma once
#include "gpu/kernels/kernels.h"
#include "gpu/module.h"

namespace spacewright {

/// See makeModule. Made and used on one thread, which computes alone.
std::unique_ptr<Module> makeCompiledModule(std::vector<Layer>, const std::vector<NamedArray>& state,
                                           const ProductKernels&);

} // namespace spacewright
