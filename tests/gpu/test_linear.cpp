// Fully connected layers of sizes that do and do not fill vectors and tiles.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

class Linear : public KernelTest {
protected:
    void check(const LinearShape& s)
    {
        const std::vector<float> x = random(s.batch * s.inputs), weight = random(s.outputs * s.inputs);
        const std::vector<float> bias = random(s.outputs), dy = random(s.batch * s.outputs);
        std::vector<double> y(dy.size()), dx(x.size()), dweight(weight.size()), dbias(bias.size());
        for (int n = 0; n < s.batch; ++n)
            for (int o = 0; o < s.outputs; ++o) {
                const double d = dy[n * s.outputs + o];
                dbias[o] += d;
                y[n * s.outputs + o] = bias[o];
                for (int i = 0; i < s.inputs; ++i) {
                    y[n * s.outputs + o] += static_cast<double>(x[n * s.inputs + i]) * weight[o * s.inputs + i];
                    dx[n * s.inputs + i] += d * weight[o * s.inputs + i];
                    dweight[o * s.inputs + i] += d * x[n * s.inputs + i];
                }
            }
        std::vector<float> actualY(y.size()), actualDx(dx.size()), actualDweight(dweight.size()),
            actualDbias(dbias.size());
        k.linear.forward(s, x.data(), weight.data(), bias.data(), actualY.data());
        k.linear.backward(
            s, {x.data(), weight.data(), dy.data(), actualDx.data(), actualDweight.data(), actualDbias.data()});
        expectClose(actualY, y, 1e-6);
        expectClose(actualDx, dx, 1e-6);
        expectClose(actualDweight, dweight, 1e-6);
        expectClose(actualDbias, dbias, 1e-6);
    }
};

TEST_P(Linear, givesTheDefinitionsValuesAndGradients)
{
    for (const LinearShape& shape : {LinearShape{64, 128, 10}, LinearShape{3, 40, 7}, LinearShape{1, 5, 1},
                                     LinearShape{16, 6, 24}, LinearShape{33, 100, 100}}) {
        SCOPED_TRACE(shape.inputs);
        check(shape);
    }
}

FOR_EACH_INSTRUCTION_SET(Linear);

} // namespace
