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
    /// In memory of its own, as a device's is.
    std::shared_ptr<const BatchSource> keep(const BatchSource& from) const override
    {
        struct Copy {
            std::vector<std::uint8_t> pixels;
            std::vector<float> scale, shift;
            BatchSource source;
        };
        const std::int64_t bytes = std::int64_t{from.count} * from.channels * from.size * from.size;
        const auto copy = std::make_shared<Copy>(Copy{{from.pixels, from.pixels + bytes},
                                                      {from.scale, from.scale + from.channels},
                                                      {from.shift, from.shift + from.channels},
                                                      from});
        copy->source.pixels = copy->pixels.data();
        copy->source.scale = copy->scale.data();
        copy->source.shift = copy->shift.data();
        return {copy, &copy->source};
    }
    std::unique_ptr<Replay> replay() const override
    {
        struct Plain : Replay {
            void run(const std::function<void()>& work) override { work(); }
        };
        return std::make_unique<Plain>();
    }
};

} // namespace spacewright
