// Stems of all three kinds and up to four channels against the definition.
#include "tests/gpu/kernel_test.h"
#include "tests/gpu/naive_convolution.h"

using namespace spacewright;

namespace {

class StemConvolution : public KernelTest {
protected:
    void check(const StemConvolutionShape& s)
    {
        SCOPED_TRACE("size " + std::to_string(s.size) + ", " + std::to_string(s.inputs) + " to " +
                     std::to_string(s.outputs) + ", kernel " + std::to_string(s.kernel));
        const NaiveConvolution naive{s.batch, s.size, s.inputs, s.outputs, 1, s.kernel, s.stride};
        const std::vector<float> x = random(static_cast<std::int64_t>(naive.inputCount()));
        const std::vector<float> weight = random(static_cast<std::int64_t>(naive.weightCount()));
        const std::vector<float> dy = random(static_cast<std::int64_t>(naive.outputCount()));
        std::vector<float> y = spoiled(dy.size()), dweight = spoiled(weight.size());
        const std::size_t floats = k.stemConvolution.scratch(s);
        k.stemConvolution.forward(s, x.data(), weight.data(), y.data(), spoiled(floats).data());
        k.stemConvolution.backwardWeights(s, x.data(), dy.data(), dweight.data(), spoiled(floats).data());
        expectClose(y, naive.forward(x, weight), 1e-6);
        expectClose(dweight, naive.backwardWeights(x, dy), 3e-6);
    }
};

TEST_P(StemConvolution, givesTheDefinitionsValuesAndWeightGradients)
{
    for (int inputs : {1, 2, 3, 4})
        for (int stride : {1, 2})
            for (int outputs : {8, 16, 40, 10})
                check({.batch = 2, .size = 13, .inputs = inputs, .outputs = outputs, .kernel = 3, .stride = stride});
}

TEST_P(StemConvolution, takesTheLargeKernelAndTheSmallestImage)
{
    check({.batch = 2, .size = 28, .inputs = 1, .outputs = 16, .kernel = 7, .stride = 2});
    check({.batch = 2, .size = 15, .inputs = 3, .outputs = 24, .kernel = 7, .stride = 2});
    check({.batch = 3, .size = 1, .inputs = 3, .outputs = 16, .kernel = 3, .stride = 1});
    check({.batch = 40, .size = 28, .inputs = 1, .outputs = 16, .kernel = 3, .stride = 1});
}

FOR_EACH_INSTRUCTION_SET(StemConvolution);

} // namespace
