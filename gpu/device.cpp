// Asks LibTorch, the CUDA runtime and the kernel about devices.
#include "gpu/device.h"
#include "core/counted.h"
#include "core/error.h"
#include "gpu/device_room.h"
#include "gpu/device_session.h"
#ifdef SPACEWRIGHT_CUDA
#include "gpu/kernels/cuda_devices.h"
#endif
#ifdef SPACEWRIGHT_TORCH_CUDA
#include "gpu/cuda_session.h"
#endif
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>
#include <fstream>
#include <limits>
#include <regex>
#include <thread>
#include <malloc.h>

namespace spacewright {

namespace {

std::string processorName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name"))
            return line.substr(std::min(line.find(':') + 2, line.size()));
    return "CPU";
}

std::string describe(int gpu)
{
#ifdef SPACEWRIGHT_CUDA
    const std::vector<std::string> descriptions = cudaDescriptions();
    if (gpu < static_cast<int>(descriptions.size()))
        return descriptions[gpu];
#endif
    return "CUDA device " + std::to_string(gpu);
}

} // namespace

std::vector<DeviceInfo> devices()
{
    const unsigned cores = std::thread::hardware_concurrency();
    std::vector<DeviceInfo> result{{"cpu", processorName() + ", " + counted(cores, "core")}};
    const int gpus = at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
    for (int i = 0; i < gpus; ++i)
        result.push_back({"cuda:" + std::to_string(i), describe(i)});
    return result;
}

std::vector<std::string> chosenDevices(const std::string& wanted, const std::vector<DeviceInfo>& available)
{
    std::vector<std::string> chosen;
    std::string names;
    for (const DeviceInfo& device : available) {
        const bool gpu = device.name != "cpu";
        if (device.name == wanted || (gpu && (wanted == "auto" || wanted == "cuda")))
            chosen.push_back(device.name);
        names += (names.empty() ? "" : ", ") + device.name;
    }
    if (chosen.empty() && wanted == "auto")
        chosen.push_back("cpu");
    if (chosen.empty())
        throw Error("There is no device \"" + wanted + "\" to train on. This machine and this LibTorch offer: " +
                    names + ". Choose one of them, or \"auto\".");
    return chosen;
}

std::shared_ptr<void> enterDevice([[maybe_unused]] const std::string& device)
{
    computeOnOneThread();
#ifdef SPACEWRIGHT_TORCH_CUDA
    if (device.starts_with("cuda"))
        return cuda::ownStream(device);
#endif
    return nullptr;
}

bool hasShortFloats([[maybe_unused]] const std::string& device)
{
#ifdef SPACEWRIGHT_TORCH_CUDA
    return cuda::generation(device) >= 8;
#else
    return false; // plain LibTorch trains there
#endif
}

std::string versions()
{
    std::smatch oneDnn;
    const std::string config = at::show_config();
    std::string text = "LibTorch " TORCH_VERSION;
    if (std::regex_search(config, oneDnn, std::regex("MKL-DNN v([0-9.]+)")))
        text += ", oneDNN " + oneDnn[1].str();
    return text + (at::hasCUDA() ? ", CUDA" : ", no CUDA");
}

std::unique_ptr<DeviceSession> openSession([[maybe_unused]] const std::string& device,
                                           [[maybe_unused]] Precision precision)
{
#ifdef SPACEWRIGHT_TORCH_CUDA
    if (device.starts_with("cuda"))
        return cuda::session(precision);
#endif
    return nullptr;
}

std::unique_ptr<DeviceMemory> openMemory([[maybe_unused]] const std::string& device)
{
#ifdef SPACEWRIGHT_TORCH_CUDA
    if (device.starts_with("cuda"))
        return cuda::memory(device);
#endif
    return nullptr;
}

void computeOnOneThread()
{
    at::set_num_threads(1);
}

void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the largest that is allowed
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_TOP_PAD, 64 << 20); // the trim threshold does not hold for threads' arenas, this does
#endif
}

void giveBackFreedMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace spacewright
