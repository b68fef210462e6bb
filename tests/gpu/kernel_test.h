// What the kernels' tests share: every test runs once per instruction set of this processor, on random numbers, against
// a naive computation in double precision.
#pragma once
#include "core/design/random.h"
#include "gpu/kernels/kernels.h"
#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace spacewright {

class KernelTest : public testing::TestWithParam<InstructionSet> {
protected:
    const Kernels& k = kernels(GetParam());

    std::vector<float> random(std::int64_t count, double low = -1, double high = 1)
    {
        std::vector<float> result(static_cast<std::size_t>(count));
        for (float& value : result)
            value = static_cast<float>(low + (high - low) * m_random.uniform());
        return result;
    }
    std::vector<std::uint8_t> randomLabels(int count, int classes)
    {
        std::vector<std::uint8_t> result(static_cast<std::size_t>(count));
        for (std::uint8_t& label : result)
            label = static_cast<std::uint8_t>(m_random.below(static_cast<std::uint64_t>(classes)));
        return result;
    }

private:
    Random m_random{7, 1};
};

/// Scratch of just this size, full of numbers that spoil any result which depends on them.
inline std::vector<float> spoiled(std::size_t count)
{
    return std::vector<float>(count, NAN);
}

/// Within `bound` of the largest expected entry, everywhere.
inline void expectClose(std::span<const float> actual, std::span<const double> expected, double bound)
{
    ASSERT_EQ(actual.size(), expected.size());
    double largest = 0;
    for (double value : expected)
        largest = std::max(largest, std::abs(value));
    for (std::size_t i = 0; i < actual.size(); ++i)
        ASSERT_NEAR(actual[i], expected[i], bound * largest) << "at " << i << " of " << actual.size();
}

inline std::string setName(const testing::TestParamInfo<InstructionSet>& info)
{
    constexpr const char* names[] = {"plain", "avx2", "avx512"};
    return names[static_cast<int>(info.param)];
}

/// For each test file: its fixture is KernelTest under the operation's name.
#define FOR_EACH_INSTRUCTION_SET(Fixture)                                                                              \
    INSTANTIATE_TEST_SUITE_P(With, Fixture, testing::ValuesIn(availableInstructionSets()), setName)

} // namespace spacewright
