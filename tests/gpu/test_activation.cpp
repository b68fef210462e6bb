// Elementwise functions against the mathematical library.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

double sigmoid(double x)
{
    return 1 / (1 + std::exp(-x));
}

class Activation : public KernelTest {
protected:
    const std::vector<float> x = random(1003, -20, 20), dy = random(1003);

    template <class Function>
    std::vector<double> map(Function function) const
    {
        std::vector<double> result;
        for (std::size_t i = 0; i < x.size(); ++i)
            result.push_back(function(static_cast<double>(x[i]), static_cast<double>(dy[i])));
        return result;
    }
    std::int64_t count() const { return static_cast<std::int64_t>(x.size()); }
};

TEST_P(Activation, giveTheDefinitionsValuesAndGradients)
{
    std::vector<float> y(x.size()), dx(x.size());
    k.activation.relu(count(), x.data(), y.data());
    k.activation.reluBackward(count(), y.data(), dy.data(), dx.data());
    expectClose(y, map([](double v, double) { return std::max(v, 0.0); }), 0);
    expectClose(dx, map([](double v, double d) { return v > 0 ? d : 0; }), 0);

    k.activation.sigmoid(count(), x.data(), y.data());
    k.activation.sigmoidBackward(count(), y.data(), dy.data(), dx.data());
    expectClose(y, map([](double v, double) { return sigmoid(v); }), 2e-7);
    expectClose(dx, map([](double v, double d) { return d * sigmoid(v) * (1 - sigmoid(v)); }), 1e-6);

    k.activation.silu(count(), x.data(), y.data());
    k.activation.siluBackward(count(), x.data(), dy.data(), dx.data());
    expectClose(y, map([](double v, double) { return v * sigmoid(v); }), 2e-7);
    expectClose(dx, map([](double v, double d) { return d * sigmoid(v) * (1 + v * (1 - sigmoid(v))); }), 1e-6);

    k.activation.add(count(), x.data(), dy.data(), y.data());
    expectClose(y, map([](double v, double d) { return v + d; }), 1e-7);
}

TEST_P(Activation, areRightAtTheirEnds)
{
    const std::vector<float> ends{-INFINITY, -1000, -88, 0, 88, 1000, INFINITY, NAN};
    std::vector<float> y(ends.size());
    k.activation.sigmoid(8, ends.data(), y.data());
    for (int i : {0, 1, 2})
        EXPECT_NEAR(y[i], 0, 1e-37);
    EXPECT_EQ(y[3], 0.5f);
    for (int i : {4, 5, 6})
        EXPECT_EQ(y[i], 1);
    EXPECT_TRUE(std::isnan(y[7]));
    k.activation.relu(8, ends.data(), y.data());
    EXPECT_EQ(y[0], 0);
    EXPECT_EQ(y[6], INFINITY);
    EXPECT_TRUE(std::isnan(y[7]));
}

FOR_EACH_INSTRUCTION_SET(Activation);

} // namespace
