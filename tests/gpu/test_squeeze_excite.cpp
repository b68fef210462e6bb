// Squeeze-and-excite's passes against their definitions.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

class SqueezeExcite : public KernelTest {};

TEST_P(SqueezeExcite, scalesAndGivesBothGradients)
{
    for (const auto& [area, channels] : {std::pair{49, 24}, {4, 6}, {196, 64}}) {
        constexpr int batch = 3;
        const std::vector<float> x = random(batch * area * channels), dy = random(batch * area * channels);
        const std::vector<float> factors = random(batch * channels, 0, 1), dpooled = random(batch * channels);
        std::vector<double> y(x.size()), dfactors(factors.size()), dx(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t channel = i / (area * channels) * channels + i % channels;
            y[i] = static_cast<double>(x[i]) * factors[channel];
            dfactors[channel] += static_cast<double>(dy[i]) * x[i];
            dx[i] = static_cast<double>(dy[i]) * factors[channel] + dpooled[channel] / static_cast<double>(area);
        }
        std::vector<float> actualY = x, actualDfactors(factors.size()), actualDx = dy;
        k.squeezeExcite.factorGradient(batch, area, channels, x.data(), dy.data(), actualDfactors.data());
        k.squeezeExcite.scale(batch, area, channels, actualY.data(), factors.data(), actualY.data());
        k.squeezeExcite.backward(batch, area, channels, actualDx.data(), factors.data(), dpooled.data(),
                                 actualDx.data());
        expectClose(actualY, y, 1e-6);
        expectClose(actualDfactors, dfactors, 1e-6);
        expectClose(actualDx, dx, 1e-6);
    }
}

FOR_EACH_INSTRUCTION_SET(SqueezeExcite);

} // namespace
