// Initial weights: pycls' distributions, the same on every call, counted as the complexity counts them.
#include "core/network/state.h"
#include "core/network/complexity.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

const Network small{.stages = {{.depth = 1, .width = 16}, {.depth = 2, .width = 24}}, .resolution = 8, .classes = 4};

double deviation(const std::vector<float>& values)
{
    double squares = 0;
    for (float value : values)
        squares += double(value) * value;
    return std::sqrt(squares / static_cast<double>(values.size()));
}

std::vector<float> find(const std::vector<NamedArray>& state, const std::string& name)
{
    for (const NamedArray& array : state)
        if (array.name == name)
            return array.values;
    throw std::out_of_range(name);
}

TEST(InitialState, hasAsManyParametersAsTheComplexityCounts)
{
    std::int64_t parameters = 0;
    for (const NamedArray& array : initialState(layers(small), Random(1, 1)))
        if (!isRunningStatistic(array.name))
            parameters += static_cast<std::int64_t>(array.values.size());
    EXPECT_EQ(parameters, complexity(small).params);
}

TEST(InitialState, drawsConvolutionsByTheirFanOutWithoutRegardToGroups)
{
    Network network = small;
    network.stages = {{.depth = 1, .width = 256, .groupWidth = 32}};
    const std::vector<NamedArray> state = initialState(layers(network), Random(1, 1));
    EXPECT_NEAR(deviation(find(state, "s1.b1.f.b.weight")) / std::sqrt(2.0 / (9 * 256)), 1, 0.01); // of 73,728 values
    EXPECT_NEAR(deviation(find(state, "head.fc.weight")) / 0.01, 1, 0.1);                          // of 1,024 values
    EXPECT_EQ(find(state, "s1.b1.f.b_bn.weight"), std::vector<float>(256, 1));
    EXPECT_EQ(find(state, "s1.b1.f.b_bn.running_mean"), std::vector<float>(256, 0));
}

TEST(InitialState, dependsOnTheStreamAlone)
{
    const std::vector<Layer> list = layers(small);
    EXPECT_EQ(initialState(list, Random(1, 1)), initialState(list, Random(1, 1)));
    EXPECT_NE(initialState(list, Random(1, 1)), initialState(list, Random(1, 2)));
}

} // namespace
