// Chooses the implementation.
#include "gpu/module.h"
#include "gpu/torch_module.h"

namespace spacewright {

std::unique_ptr<Module> makeModule(const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
                                   const Device& device)
{
    return makeTorchModule(layers, state, device.name);
}

} // namespace spacewright
