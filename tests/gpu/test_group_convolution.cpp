// Narrow group convolutions of every group width, stride and image size, odd and even, against the definition.
#include "tests/gpu/kernel_test.h"
#include "tests/gpu/naive_convolution.h"

using namespace spacewright;

namespace {

class GroupConvolution : public KernelTest {
protected:
    void check(const GroupConvolutionShape& s)
    {
        SCOPED_TRACE("size " + std::to_string(s.size) + ", channels " + std::to_string(s.channels) + ", group width " +
                     std::to_string(s.groupWidth) + ", stride " + std::to_string(s.stride));
        ASSERT_TRUE(k.groupConvolution.supports(s));
        const NaiveConvolution naive{s.batch, s.size, s.channels, s.channels, s.channels / s.groupWidth, 3, s.stride};
        const std::vector<float> x = random(static_cast<std::int64_t>(naive.inputCount()));
        const std::vector<float> weight = random(static_cast<std::int64_t>(naive.weightCount()));
        const std::vector<float> dy = random(static_cast<std::int64_t>(naive.outputCount()));
        std::vector<float> y = spoiled(dy.size()), dx = spoiled(x.size()), dweight = spoiled(weight.size());
        const std::size_t floats = k.groupConvolution.scratch(s);
        k.groupConvolution.forward(s, x.data(), weight.data(), y.data(), spoiled(floats).data());
        k.groupConvolution.backwardData(s, dy.data(), weight.data(), dx.data(), spoiled(floats).data());
        k.groupConvolution.backwardWeights(s, x.data(), dy.data(), dweight.data(), spoiled(floats).data());
        expectClose(y, naive.forward(x, weight), 1e-6);
        expectClose(dx, naive.backwardData(dy, weight), 1e-6);
        expectClose(dweight, naive.backwardWeights(x, dy), 2e-6);
    }
};

TEST_P(GroupConvolution, givesTheDefinitionsValuesAndGradients)
{
    for (int stride : {1, 2})
        for (int size : {1, 2, 3, 4, 5, 7, 8, 14})
            for (int groupWidth : {1, 2, 4, 8})
                for (int channels : {8, 16, 40})
                    check({3, size, channels, groupWidth, stride});
}

TEST_P(GroupConvolution, sumsLargeBatchesInParts)
{
    check({.batch = 70, .size = 4, .channels = 24, .groupWidth = 4, .stride = 1});
    check({.batch = 5, .size = 28, .channels = 16, .groupWidth = 8, .stride = 2});
}

TEST_P(GroupConvolution, takesChannelsThatDoNotFillVectors)
{
    for (int channels : {10, 14, 22})
        for (int groupWidth : {1, 2})
            check({.batch = 2, .size = 7, .channels = channels, .groupWidth = groupWidth, .stride = 1});
}

TEST_P(GroupConvolution, saysWhatItCannotDo)
{
    EXPECT_FALSE(k.groupConvolution.supports({.batch = 1, .size = 8, .channels = 48, .groupWidth = 3}));
    EXPECT_FALSE(k.groupConvolution.supports({.batch = 1, .size = 8, .channels = 32, .groupWidth = 16}));
    EXPECT_FALSE(k.groupConvolution.supports({.batch = 1, .size = 8, .channels = 4, .groupWidth = 2}));
    EXPECT_FALSE(k.groupConvolution.supports({.batch = 1, .size = 8, .channels = 16, .groupWidth = 2, .stride = 3}));
}

FOR_EACH_INSTRUCTION_SET(GroupConvolution);

} // namespace
