// A device that is the host with a small memory: modules of CUDA devices on host kernels, which run out of memory where
// a test wants it.
#pragma once
#include "gpu/fused/fused_module.h"
#include "gpu/memory_full.h"
#include "gpu/worker_engine.h"
#include "host_session.h"
#include <atomic>

namespace spacewright {

class SmallDevice {
public:
    int mostImages = 1 << 30;        ///< that a pass may take at once
    int mostNetworks = 1 << 30;      ///< that may train at once
    std::int64_t memory = 1LL << 40; ///< bytes that it reports

    /// Refers to this.
    Equipment equipment(std::vector<std::string> devices = {"small:0"})
    {
        return {.devices = std::move(devices),
                .makeModule =
                    [this](const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
                           const Device& device) { return std::make_unique<Module>(*this, layers, state, device); },
                .openMemory = [this](const std::string&) { return std::make_unique<Memory>(*this); }};
    }
    /// At any one time.
    int networksAtOnce() const { return m_most; }

private:
    class Module : public spacewright::Module {
    public:
        Module(SmallDevice& on, const std::vector<Layer>& layers, const std::vector<NamedArray>& state,
               const Device& device)
            : m_on(on), m_parts(device.parts),
              m_module(makeFusedModule(layers, state, {.precision = device.precision, .parts = device.parts},
                                       std::make_unique<HostSession>()))
        {
            const int now = ++m_on.m_networks;
            for (int most = m_on.m_most; most < now && !m_on.m_most.compare_exchange_weak(most, now);)
                ;
        }
        ~Module() override { --m_on.m_networks; }

        Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) override
        {
            if ((batch + m_parts - 1) / m_parts > m_on.mostImages || m_on.m_networks > m_on.mostNetworks)
                throw DeviceMemoryFull();
            return m_module->trainingPass(images, labels, batch, labelSmoothing);
        }
        void update(double rate, double momentum, double weightDecay) override
        {
            m_module->update(rate, momentum, weightDecay);
        }
        std::vector<float> evaluate(const float* images, int batch) override
        {
            return m_module->evaluate(images, batch);
        }
        std::vector<NamedArray> state() const override { return m_module->state(); }
        std::vector<NamedArray> gradients() const override { return m_module->gradients(); }
        std::vector<NamedArray> momentum() const override { return m_module->momentum(); }
        void loadMomentum(const std::vector<NamedArray>& arrays) override { m_module->loadMomentum(arrays); }

    private:
        SmallDevice& m_on;
        const int m_parts;
        const std::unique_ptr<spacewright::Module> m_module;
    };

    class Memory : public DeviceMemory {
    public:
        explicit Memory(const SmallDevice& of) : m_of(of) {}
        std::int64_t available() const override { return m_of.memory; }
        std::int64_t takePeak() override { return 0; } // nothing to learn

    private:
        const SmallDevice& m_of;
    };

    std::atomic<int> m_networks{0}, m_most{0};
};

} // namespace spacewright
