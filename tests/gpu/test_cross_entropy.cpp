// Soft cross entropy: known values, and its gradient against differences.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

class CrossEntropy : public KernelTest {};

TEST_P(CrossEntropy, isLogClassesForEqualLogits)
{
    const std::vector<float> logits(3 * 10, 5);
    const std::vector<std::uint8_t> labels{0, 9, 4};
    for (double smoothing : {0.0, 0.1}) {
        std::vector<float> gradient(30);
        EXPECT_NEAR(k.crossEntropy.forwardBackward(3, 10, logits.data(), labels.data(), smoothing, gradient.data()),
                    std::log(10.0), 1e-12);
        EXPECT_NEAR(gradient[9], (0.1 - smoothing / 10) / 3, 1e-7);
        EXPECT_NEAR(gradient[19], (0.1 - smoothing / 10 - (1 - smoothing)) / 3, 1e-7);
    }
}

TEST_P(CrossEntropy, hasTheGradientThatDifferencesShow)
{
    constexpr int batch = 4, classes = 7;
    const std::vector<std::uint8_t> labels = randomLabels(batch, classes);
    std::vector<float> logits = random(batch * classes, -3, 3), gradient(logits.size()), ignored(logits.size());
    k.crossEntropy.forwardBackward(batch, classes, logits.data(), labels.data(), 0.2, gradient.data());
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const float start = logits[i], step = 1.0f / 64;
        logits[i] = start + step;
        const double above =
            k.crossEntropy.forwardBackward(batch, classes, logits.data(), labels.data(), 0.2, ignored.data());
        logits[i] = start - step;
        const double below =
            k.crossEntropy.forwardBackward(batch, classes, logits.data(), labels.data(), 0.2, ignored.data());
        logits[i] = start;
        EXPECT_NEAR(gradient[i], (above - below) / (2 * step), 1e-5);
    }
}

TEST_P(CrossEntropy, copesWithLargeLogitsAndShowsNan)
{
    std::vector<float> logits{1000, -1000, 0, 0, 0, NAN}, gradient(6);
    const std::vector<std::uint8_t> labels{1, 0};
    EXPECT_NEAR(k.crossEntropy.forwardBackward(1, 3, logits.data(), labels.data(), 0, gradient.data()), 2000, 1e-9);
    EXPECT_TRUE(std::isnan(k.crossEntropy.forwardBackward(2, 3, logits.data(), labels.data(), 0, logits.data())));
}

FOR_EACH_INSTRUCTION_SET(CrossEntropy);

} // namespace
