// Average and maximum pools against their definitions.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

class Pool : public KernelTest {};

TEST_P(Pool, averagesOverTheAreaAndSpreadsTheGradient)
{
    for (const auto& [area, channels] : {std::pair{49, 40}, {4, 3}, {1, 16}, {196, 128}}) {
        constexpr int batch = 3;
        const std::vector<float> x = random(batch * area * channels), dy = random(batch * channels);
        std::vector<double> y(dy.size()), dx(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t pooled = i / (area * channels) * channels + i % channels;
            y[pooled] += x[i] / static_cast<double>(area);
            dx[i] = dy[pooled] / static_cast<double>(area);
        }
        std::vector<float> actualY(y.size()), actualDx(dx.size());
        k.pool.average(batch, area, channels, x.data(), actualY.data());
        k.pool.averageBackward(batch, area, channels, dy.data(), actualDx.data());
        expectClose(actualY, y, 1e-6);
        expectClose(actualDx, dx, 1e-6);
    }
}

TEST_P(Pool, takesTheFirstMaximumAndSendsTheGradientThere)
{
    for (const int size : {1, 2, 7, 8}) {
        constexpr int batch = 2, channels = 19;
        const int out = (size - 1) / 2 + 1;
        std::vector<float> x = random(batch * size * size * channels);
        for (float& value : x)
            value = std::round(value * 3); // so that there are ties
        const std::vector<float> dy = random(batch * out * out * channels);
        std::vector<double> y(dy.size(), -INFINITY), dx(x.size());
        for (std::size_t i = 0; i < y.size(); ++i) {
            const int c = static_cast<int>(i) % channels, place = static_cast<int>(i) / channels % (out * out);
            const int n = static_cast<int>(i) / channels / (out * out);
            std::size_t winner = 0;
            for (int row = 2 * (place / out) - 1; row <= 2 * (place / out) + 1; ++row)
                for (int column = 2 * (place % out) - 1; column <= 2 * (place % out) + 1; ++column) {
                    if (row < 0 || row >= size || column < 0 || column >= size)
                        continue;
                    const std::size_t at = ((n * size + row) * size + column) * static_cast<std::size_t>(channels) + c;
                    if (x[at] > y[i]) {
                        y[i] = x[at];
                        winner = at;
                    }
                }
            dx[winner] += dy[i];
        }
        std::vector<float> actualY(y.size()), actualDx(dx.size());
        std::vector<std::uint8_t> winner(y.size());
        k.pool.maximum({batch, size, channels}, x.data(), actualY.data(), winner.data());
        k.pool.maximumBackward({batch, size, channels}, dy.data(), winner.data(), actualDx.data());
        expectClose(actualY, y, 0);
        expectClose(actualDx, dx, 1e-6);
    }
}

FOR_EACH_INSTRUCTION_SET(Pool);

} // namespace
