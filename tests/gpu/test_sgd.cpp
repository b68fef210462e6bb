// The optimiser's step over three steps, against the formula.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

class Sgd : public KernelTest {};

TEST_P(Sgd, followsNesterovsFormula)
{
    constexpr std::int64_t count = 1003; // not whole vectors
    std::vector<float> values = random(count), velocity(count);
    std::vector<double> expected(values.begin(), values.end()), speed(count);
    for (const double rate : {0.1, 0.05, 0.01}) {
        const std::vector<float> gradients = random(count);
        k.sgd.update({count, values.data(), gradients.data(), velocity.data(), static_cast<float>(rate), 0.9f, 5e-3f});
        for (std::size_t i = 0; i < count; ++i) {
            const double gradient = gradients[i] + 5e-3 * expected[i];
            speed[i] = 0.9 * speed[i] + gradient;
            expected[i] -= rate * (gradient + 0.9 * speed[i]);
        }
    }
    expectClose(values, expected, 1e-6);
    expectClose(velocity, speed, 1e-6);
}

FOR_EACH_INSTRUCTION_SET(Sgd);

} // namespace
