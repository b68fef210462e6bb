// A fused module's device that is the host: LibTorch on the CPU, the kernels' host versions.
#pragma once
#include "gpu/device_session.h"
#include "host_device_kernels.h"
#include <cstring>

namespace spacewright {

class HostSession : public DeviceSession {
public:
    const DeviceKernels& kernels() const override { return hostDeviceKernels(); }
    void* stream() const override { return nullptr; }
    void copy(void* to, const void* from, std::size_t bytes) const override { std::memcpy(to, from, bytes); }
    std::unique_ptr<Replay> replay() const override
    {
        struct Plain : Replay {
            void run(const std::function<void()>& work) override { work(); }
        };
        return std::make_unique<Plain>();
    }
};

} // namespace spacewright
