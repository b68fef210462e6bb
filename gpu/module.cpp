// Chooses the implementation.
#include "gpu/module.h"
#include "gpu/compiled/compiled_module.h"
#include "gpu/torch_module.h"

namespace spacewright {

std::unique_ptr<Module> makeModule(const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
                                   const Device& device)
{
    if (device.name == "cpu" && !device.reference)
        return makeCompiledModule(layers, state);
    return makeTorchModule(layers, state, device.name);
}

} // namespace spacewright
