// Convolutions of wide groups against their definition.
#include "tests/gpu/kernel_test.h"
#include "tests/gpu/naive_convolution.h"

using namespace spacewright;

namespace {

class Convolution : public KernelTest {
protected:
    void check(const ConvolutionShape& s)
    {
        SCOPED_TRACE("size " + std::to_string(s.size) + ", " + std::to_string(s.inputs) + " to " +
                     std::to_string(s.outputs) + ", groups " + std::to_string(s.groups) + ", kernel " +
                     std::to_string(s.kernel) + ", stride " + std::to_string(s.stride));
        const NaiveConvolution naive{s.batch, s.size, s.inputs, s.outputs, s.groups, s.kernel, s.stride};
        const std::vector<float> x = random(static_cast<std::int64_t>(naive.inputCount()));
        const std::vector<float> weight = random(static_cast<std::int64_t>(naive.weightCount()));
        const std::vector<float> dy = random(static_cast<std::int64_t>(naive.outputCount()));
        std::vector<float> y = spoiled(dy.size()), dx = spoiled(x.size()), dweight = spoiled(weight.size());
        const std::size_t floats = k.products.convolution.scratch(s);
        std::vector<float> packed = spoiled(k.products.convolution.packedFloats(s, false));
        std::vector<float> packedBackward = spoiled(k.products.convolution.packedFloats(s, true));
        k.products.convolution.pack(s, false, weight.data(), packed.data());
        k.products.convolution.pack(s, true, weight.data(), packedBackward.data());
        k.products.convolution.forward(s, x.data(), packed.data(), y.data(), spoiled(floats).data());
        k.products.convolution.backwardData(s, dy.data(), packedBackward.data(), dx.data(), spoiled(floats).data());
        expectClose(y, naive.forward(x, weight), 2e-6);
        expectClose(dx, naive.backwardData(dy, weight), 2e-6);

        std::vector<double> expected = naive.backwardWeights(x, dy);
        k.products.convolution.backwardWeights(s, x.data(), dy.data(), false, dweight.data(), spoiled(floats).data());
        expectClose(dweight, expected, 2e-6);
        for (double& value : expected)
            value *= 2;
        k.products.convolution.backwardWeights(s, x.data(), dy.data(), true, dweight.data(), spoiled(floats).data());
        expectClose(dweight, expected, 2e-6);
    }
};

TEST_P(Convolution, givesTheDefinitionsValuesAndGradients)
{
    for (int stride : {1, 2, 3})
        for (int kernel : {3, 5, 7})
            for (int size : {1, 2, 7, 9})
                for (int groups : {1, 3})
                    check({.batch = 2,
                           .size = size,
                           .inputs = 5 * groups,
                           .outputs = 16 * groups,
                           .groups = groups,
                           .kernel = kernel,
                           .stride = stride});
}

TEST_P(Convolution, fillsPanelsOfEveryWidth)
{
    for (int width : {6, 8, 16, 24, 32, 40, 48, 64, 72})
        check({.batch = 1, .size = 14, .inputs = 2 * width, .outputs = 2 * width, .groups = 2});
    check({.batch = 1, .size = 6, .inputs = 20, .outputs = 9, .kernel = 3, .stride = 4});
}

FOR_EACH_INSTRUCTION_SET(Convolution);

} // namespace
