// Initial weights: pycls' distributions, the same on every call, counted as the complexity counts them.
#include "gpu/state.h"
#include "core/network/complexity.h"
#include "synthetic.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

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
    const Sample sample = synthetic::sample(2);
    std::int64_t parameters = 0;
    for (const NamedArray& array : initialState(layers(sample.network), Random(1, 1)))
        if (!isRunningStatistic(array.name))
            parameters += static_cast<std::int64_t>(array.values.size());
    EXPECT_EQ(parameters, sample.complexity.params);
}

TEST(InitialState, drawsConvolutionsByTheirFanOutWithoutRegardToGroups)
{
    Network network = synthetic::sample(0).network;
    network.stages = {{.depth = 1, .width = 256, .groupWidth = 32}};
    const std::vector<NamedArray> state = initialState(layers(network), Random(1, 1));
    EXPECT_NEAR(deviation(find(state, "s1.b1.f.b.weight")) / std::sqrt(2.0 / (9 * 256)), 1, 0.01); // of 73,728 values
    EXPECT_NEAR(deviation(find(state, "head.fc.weight")) / 0.01, 1, 0.1);                          // of 1,024 values
    EXPECT_EQ(find(state, "s1.b1.f.b_bn.weight"), std::vector<float>(256, 1));
    EXPECT_EQ(find(state, "s1.b1.f.b_bn.running_mean"), std::vector<float>(256, 0));
}

TEST(InitialState, dependsOnTheStreamAlone)
{
    const std::vector<Layer> list = layers(synthetic::sample(0).network);
    EXPECT_EQ(initialState(list, Random(1, 1)), initialState(list, Random(1, 1)));
    EXPECT_NE(initialState(list, Random(1, 1)), initialState(list, Random(1, 2)));
}

} // namespace
