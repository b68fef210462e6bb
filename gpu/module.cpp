// Chooses the implementation.
#include "gpu/module.h"
#include "core/error.h"
#include "gpu/compiled/compiled_module.h"
#include "gpu/fused/fused_module.h"
#include "gpu/torch_module.h"

namespace spacewright {

std::unique_ptr<Module> makeModule(const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
                                   const Device& device)
{
    if (device.name == "cpu" && !device.reference)
        return makeCompiledModule(layers, state, device.precision);
    if (device.name == "cpu" && device.precision != Precision::fp32)
        throw Error("The reference computes in fp32 on a CPU. Leave out either --reference or --precision.");
    std::unique_ptr<DeviceSession> session = device.reference ? nullptr : openSession(device.name);
    if (session)
        return makeFusedModule(layers, state, device, std::move(session));
    return makeTorchModule(layers, state, device.name);
}

} // namespace spacewright
