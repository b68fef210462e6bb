// What the CUDA kernels' tests share: every test runs in float and in bfloat16, on the same random numbers in both
// memories.
#pragma once
#include "core/design/random.h"
#include "gpu/kernels/cuda_devices.h"
#include "gpu/kernels/cuda_memory.h"
#include "host_device_kernels.h"
#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <vector>

namespace spacewright {

enum class Side { host, device };

/// The same numbers in both memories.
template <class T>
class Both {
public:
    explicit Both(std::vector<T> values) : m_host(std::move(values)), m_device(m_host) {}
    T* at(Side side) { return side == Side::host ? m_host.data() : m_device.data(); }
    const std::vector<T>& onHost() const { return m_host; }
    std::vector<T> onDevice() const { return m_device.onHost(); }

private:
    std::vector<T> m_host;
    cuda::Array<T> m_device;
};

/// Whether activations are bfloat16.
class DeviceKernel : public testing::TestWithParam<bool> {
protected:
    void SetUp() override
    {
        if (cudaDescriptions().empty())
            GTEST_SKIP() << "no CUDA device";
    }

    struct Shape {
        int rows, channels;
        std::int64_t count() const { return std::int64_t{rows} * channels; }
    };
    /// Few and many rows, channels that fill blocks of threads and that do not.
    static constexpr Shape shapes[] = {{200, 16}, {49, 24},    {150, 5},   {7, 200}, {1, 3},
                                       {9000, 8}, {70000, 48}, {300, 408}, {3, 2048}};

    /// Activations in both memories, passed as the kernels want them.
    class Values {
    public:
        Values(const std::vector<float>& values, bool bf16)
            : m_bf16(bf16), m_floats(bf16 ? std::vector<float>() : values),
              m_halves(bf16 ? toBf16(values) : std::vector<std::uint16_t>())
        {
        }
        float* at(Side side) { return m_bf16 ? reinterpret_cast<float*>(m_halves.at(side)) : m_floats.at(side); }
        void expectSame() const
        {
            const auto host = m_bf16 ? fromBf16(m_halves.onHost()) : m_floats.onHost();
            const auto device = m_bf16 ? fromBf16(m_halves.onDevice()) : m_floats.onDevice();
            expectClose(device, host, m_bf16 ? 1.0 / 128 : 1e-6); // one rounding to 8 bits; one of a multiply-add
        }

    private:
        bool m_bf16;
        Both<float> m_floats;
        Both<std::uint16_t> m_halves;
    };

    template <class T>
    static void expectClose(const std::vector<T>& actual, const std::vector<T>& expected, double bound)
    {
        ASSERT_EQ(actual.size(), expected.size());
        double largest = 0;
        for (T value : expected)
            largest = std::max(largest, std::abs(static_cast<double>(value)));
        for (std::size_t i = 0; i < actual.size(); ++i)
            ASSERT_NEAR(actual[i], expected[i], bound * largest) << "at " << i << " of " << actual.size();
    }
    /// Tables and what is computed from sums.
    template <class T>
    static void expectSame(const Both<T>& both, double bound = 1e-5)
    {
        expectClose(both.onDevice(), both.onHost(), bound);
    }
    /// Sums lie in as many entries as each version wants.
    static void expectSameSums(const Both<double>& both, const Shape& shape)
    {
        const auto totals = [&](const std::vector<double>& sums, int entries) {
            std::vector<double> result;
            for (int c = 0; c < shape.channels; ++c)
                result.push_back(totalOf(sums.data(), entries, shape.channels, c));
            return result;
        };
        expectClose(totals(both.onDevice(), cudaKernels().sumEntries(shape.count(), shape.channels)),
                    totals(both.onHost(), hostDeviceKernels().sumEntries(shape.count(), shape.channels)), 1e-5);
    }

    std::vector<float> random(std::int64_t count, double low = -1, double high = 1)
    {
        std::vector<float> result(static_cast<std::size_t>(count));
        for (float& value : result)
            value = static_cast<float>(low + (high - low) * m_random.uniform());
        return result;
    }
    Values values(std::int64_t count) { return Values(random(count), GetParam()); }
    Both<float> table(int count, double low = -1) { return Both<float>(random(count, low)); }

    /// Calls the host's version and the device's.
    template <class Kernel, class MakeCall>
    void onBoth(Kernel DeviceKernels::*kernel, MakeCall callFor)
    {
        (hostDeviceKernels().*kernel)(callFor(Side::host), m_on);
        (cudaKernels().*kernel)(callFor(Side::device), m_on);
    }

    /// Full of numbers that spoil what depends on them.
    static Both<double> sums(const Shape& shape)
    {
        return Both<double>(std::vector<double>(cudaKernels().sumEntries(shape.count(), shape.channels), NAN));
    }

    Launch m_on{nullptr, GetParam()};
    Random m_random{7, 1};
};

} // namespace spacewright
