// Convolutions from their definition, in double precision: activations channels last, weights out x in/groups x k x k.
#pragma once
#include <cstddef>
#include <vector>

namespace spacewright {

struct NaiveConvolution {
    int batch, size, inputs, outputs, groups, kernel, stride;

    int outSize() const { return (size - 1) / stride + 1; }
    std::size_t inputCount() const { return static_cast<std::size_t>(batch) * size * size * inputs; }
    std::size_t outputCount() const { return static_cast<std::size_t>(batch) * outSize() * outSize() * outputs; }
    std::size_t weightCount() const { return static_cast<std::size_t>(outputs) * inputs / groups * kernel * kernel; }

    /// Calls product(index in x, in the weights, in y) for every multiplication.
    template <class Product>
    void forEachProduct(Product product) const
    {
        const int in = inputs / groups, out = outputs / groups, padding = (kernel - 1) / 2;
        for (std::size_t y = 0; y < outputCount(); ++y) {
            const int o = static_cast<int>(y % outputs),
                      place = static_cast<int>(y / outputs) % (outSize() * outSize());
            const int n = static_cast<int>(y / outputs) / (outSize() * outSize());
            for (int tap = 0; tap < kernel * kernel; ++tap) {
                const int row = place / outSize() * stride + tap / kernel - padding;
                const int column = place % outSize() * stride + tap % kernel - padding;
                if (row < 0 || row >= size || column < 0 || column >= size)
                    continue;
                for (int i = 0; i < in; ++i)
                    product(((static_cast<std::size_t>(n) * size + row) * size + column) * inputs + o / out * in + i,
                            (static_cast<std::size_t>(o) * in + i) * kernel * kernel + tap, y);
            }
        }
    }
    std::vector<double> forward(const std::vector<float>& x, const std::vector<float>& weight) const
    {
        std::vector<double> y(outputCount());
        forEachProduct(
            [&](std::size_t i, std::size_t w, std::size_t o) { y[o] += static_cast<double>(x[i]) * weight[w]; });
        return y;
    }
    std::vector<double> backwardData(const std::vector<float>& dy, const std::vector<float>& weight) const
    {
        std::vector<double> dx(inputCount());
        forEachProduct(
            [&](std::size_t i, std::size_t w, std::size_t o) { dx[i] += static_cast<double>(dy[o]) * weight[w]; });
        return dx;
    }
    std::vector<double> backwardWeights(const std::vector<float>& x, const std::vector<float>& dy) const
    {
        std::vector<double> dweight(weightCount());
        forEachProduct(
            [&](std::size_t i, std::size_t w, std::size_t o) { dweight[w] += static_cast<double>(x[i]) * dy[o]; });
        return dweight;
    }
};

} // namespace spacewright
