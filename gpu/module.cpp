// What modules share, and the choice of one.
#include "gpu/module.h"
#include "core/error.h"
#include "gpu/compiled/compiled_module.h"
#include "gpu/device.h"
#include "gpu/fused/fused_module.h"
#include "gpu/kernels/kernels.h"
#include "gpu/torch_module.h"

namespace spacewright {

const float* Module::gathered(const BatchChoice& choice)
{
    const BatchSource& from = choice.source;
    m_images.resize(static_cast<std::size_t>(choice.count) * from.channels * from.size * from.size);
    gatherBatch(from, choice.items, choice.count, m_images.data());
    return m_images.data();
}

Module::Pass Module::trainOn(const BatchChoice& choice, const std::uint8_t* labels, double labelSmoothing)
{
    return trainingPass(gathered(choice), labels, choice.count, labelSmoothing);
}

std::vector<float> Module::evaluateOn(const BatchChoice& choice)
{
    return evaluate(gathered(choice), choice.count);
}

namespace {

/// Why not; empty where the device has the precision.
std::string lackOf(const Device& device)
{
    if (device.precision == Precision::fp32)
        return "";
    const std::string wanted = toText(device.precision);
    if (device.reference)
        return "The reference computes in fp32, not in " + wanted + ".";
    if (device.name != "cpu")
        return hasShortFloats(device.name) ? "" : device.name + " has no " + wanted + "; GPUs have it since Ampere.";
    if (device.precision == Precision::tf32)
        return "Only GPUs have tf32, and this is to be computed on the CPU.";
    return bfloatProducts() ? "" : "This processor has no arithmetic of bf16 (AVX512_BF16).";
}

} // namespace

void checkPrecision(const Device& device)
{
    if (const std::string lack = lackOf(device); !lack.empty())
        throw Error(lack + " Nothing was computed; choose another device or fp32, which for a study is part of its "
                           "recipe: `new --precision fp32`.");
}

std::unique_ptr<Module> makeModule(const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
                                   const Device& device)
{
    checkPrecision(device);
    if (device.name == "cpu" && !device.reference)
        return makeCompiledModule(layers, state,
                                  device.precision == Precision::bf16 ? *bfloatProducts() : kernels().products);
    std::unique_ptr<DeviceSession> session = device.reference ? nullptr : openSession(device.name, device.precision);
    if (session)
        return makeFusedModule(layers, state, device, std::move(session));
    return makeTorchModule(layers, state, device.name);
}

} // namespace spacewright
