// Which devices there are to train on, and what this build was made of.
#pragma once
#include "gpu/engine.h"

namespace spacewright {

/// "cpu" first, then the GPUs that LibTorch can use.
std::vector<DeviceInfo> devices();
/// Those of `available` that are meant: "auto" are all GPUs or else the CPU, "cuda" all GPUs. Throws Error when there
/// is none such.
std::vector<std::string> chosenDevices(const std::string& wanted, const std::vector<DeviceInfo>& available = devices());
/// The calling thread computes on the device, in a stream of its own, until the result is let go on this thread.
std::shared_ptr<void> enterDevice(const std::string&);
/// Whether the GPU computes in tf32 and bf16.
bool hasShortFloats(const std::string& device);
/// "LibTorch 1.13.1, oneDNN 2.6.3, no CUDA"
std::string versions();
/// The calling thread computes alone from now on: workers run side by side, and one thread always adds up in the same
/// order, which makes training repeatable bit for bit.
void computeOnOneThread();
/// The process keeps the memory it frees: a training step asks for the same megabytes again, and having the kernel take
/// them back and clear them anew in each step costs a third of the time.
void keepFreedMemory();
/// What is kept goes back to the system after all, which has too little.
void giveBackFreedMemory();

} // namespace spacewright
