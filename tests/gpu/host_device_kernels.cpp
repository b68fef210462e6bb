// Repeats per-channel tables as the host kernels want them, and turns bfloat16 into floats and back around them.
#include "host_device_kernels.h"
#include "gpu/kernels/kernels.h"
#include <algorithm>
#include <bit>

namespace spacewright {

namespace {

std::size_t size(std::int64_t count)
{
    return static_cast<std::size_t>(count);
}

std::vector<float> read(const float* activations, std::int64_t count, const Launch& on)
{
    if (!activations)
        return {};
    if (!on.bf16)
        return {activations, activations + count};
    const auto* numbers = reinterpret_cast<const std::uint16_t*>(activations);
    return fromBf16({numbers, numbers + count});
}

void write(const std::vector<float>& values, float* activations, const Launch& on)
{
    if (!activations)
        return;
    if (!on.bf16)
        std::copy(values.begin(), values.end(), activations);
    else
        std::ranges::copy(toBf16(values), reinterpret_cast<std::uint16_t*>(activations));
}

/// One entry per channel becomes a whole period.
std::vector<float> repeated(const float* table, int channels)
{
    std::vector<float> result;
    for (int i = 0; table && i < normalisationPeriod(channels); ++i)
        result.push_back(table[i % channels]);
    return result;
}

const float* orNull(const std::vector<float>& values)
{
    return values.empty() ? nullptr : values.data();
}

/// Sums over a period, to be written as one per channel.
class Sums {
public:
    explicit Sums(int channels) : m_channels(channels), m_repeated(size(normalisationPeriod(channels))) {}
    double* data() { return m_repeated.data(); }
    void write(double* to) const
    {
        for (int i = 0; to && i < m_channels; ++i)
            to[i] = totalOf(m_repeated.data(), static_cast<int>(m_repeated.size()), m_channels, i);
    }

private:
    int m_channels;
    std::vector<double> m_repeated;
};

void gather(const BatchSource& source, const BatchItem* items, int count, float* out, const Launch&)
{
    gatherBatch(source, items, count, out);
}

int sumEntries(std::int64_t, int channels)
{
    return channels;
}

void batchSums(const BatchSums& call, const Launch& on)
{
    const int channels = call.period;
    const std::vector<float> x = read(call.x, call.count, on), centre = repeated(call.centre, channels);
    Sums sums(channels), squares(channels);
    kernels().normalisation.batchSums(
        {call.count, normalisationPeriod(channels), x.data(), centre.data(), sums.data(), squares.data()});
    sums.write(call.sums);
    squares.write(call.squares);
}

void normalise(const Normalise& call, const Launch& on)
{
    const int channels = call.period;
    const std::vector<float> x = read(call.x, call.count, on), skip = read(call.skip, call.count, on),
                             scale = repeated(call.scale, channels), offset = repeated(call.offset, channels),
                             skipScale = repeated(call.skipScale, channels),
                             skipOffset = repeated(call.skipOffset, channels);
    std::vector<float> y(size(call.count));
    kernels().normalisation.normalise({.count = call.count,
                                       .period = normalisationPeriod(channels),
                                       .x = x.data(),
                                       .scale = scale.data(),
                                       .offset = offset.data(),
                                       .skip = orNull(skip),
                                       .skipScale = orNull(skipScale),
                                       .skipOffset = orNull(skipOffset),
                                       .relu = call.relu,
                                       .y = y.data()});
    write(y, call.y, on);
}

void gradientSums(const GradientSums& call, const Launch& on)
{
    const int channels = call.period;
    const std::vector<float> dy = read(call.dy, call.count, on), dyOther = read(call.dyOther, call.count, on),
                             y = read(call.y, call.count, on), x = read(call.x, call.count, on),
                             skip = read(call.skip, call.count, on), mean = repeated(call.mean, channels),
                             skipMean = repeated(call.skipMean, channels);
    std::vector<float> g(size(call.count));
    Sums sums(channels), products(channels), skipProducts(channels);
    kernels().normalisation.gradientSums({.count = call.count,
                                          .period = normalisationPeriod(channels),
                                          .dy = dy.data(),
                                          .dyOther = orNull(dyOther),
                                          .y = orNull(y),
                                          .x = x.data(),
                                          .mean = mean.data(),
                                          .skip = orNull(skip),
                                          .skipMean = orNull(skipMean),
                                          .g = g.data(),
                                          .sums = sums.data(),
                                          .products = products.data(),
                                          .skipProducts = skipProducts.data()});
    write(g, call.g, on);
    sums.write(call.sums);
    products.write(call.products);
    skipProducts.write(call.skipProducts);
}

void gradient(const NormaliseGradient& call, const Launch& on)
{
    const int channels = call.period;
    const std::vector<float> g = read(call.g, call.count, on), x = read(call.x, call.count, on),
                             a = repeated(call.a, channels), b = repeated(call.b, channels),
                             c = repeated(call.c, channels);
    std::vector<float> dx(size(call.count));
    kernels().normalisation.gradient({.count = call.count,
                                      .period = normalisationPeriod(channels),
                                      .g = g.data(),
                                      .x = x.data(),
                                      .a = a.data(),
                                      .b = b.data(),
                                      .c = c.data(),
                                      .dx = dx.data()});
    write(dx, call.dx, on);
}

template <class Call>
void finish(const Call& call, const Launch&)
{
    finishNorm(call);
}

void crossEntropy(const CrossEntropy& call, const Launch&)
{
    *call.loss = static_cast<float>(kernels().crossEntropy.forwardBackward(
        call.batch, call.classes, call.logits, call.labels, call.labelSmoothing, call.gradient));
}

void sgd(const SgdStep& step, const Launch&)
{
    kernels().sgd.update(step);
}

std::int64_t count(const Excite& call)
{
    return std::int64_t{call.batch} * call.area * call.channels;
}

void scale(const Excite& call, float* y, const Launch& on)
{
    std::vector<float> x = read(call.x, count(call), on);
    kernels().squeezeExcite.scale(call.batch, call.area, call.channels, x.data(), call.factors, x.data());
    write(x, y, on);
}

void factorGradient(const Excite& call, const float* gradient, float* dfactors, const Launch& on)
{
    const std::vector<float> x = read(call.x, count(call), on), dy = read(gradient, count(call), on);
    kernels().squeezeExcite.factorGradient(call.batch, call.area, call.channels, x.data(), dy.data(), dfactors);
}

void scaleBackward(const Excite& call, const float* dpooled, float* dx, const Launch& on)
{
    std::vector<float> x = read(call.x, count(call), on);
    kernels().squeezeExcite.backward(call.batch, call.area, call.channels, x.data(), call.factors, dpooled, x.data());
    write(x, dx, on);
}

} // namespace

const DeviceKernels& hostDeviceKernels()
{
    static constexpr DeviceKernels table{
        .gather = gather,
        .sumEntries = sumEntries,
        .batchSums = batchSums,
        .normalise = normalise,
        .gradientSums = gradientSums,
        .gradient = gradient,
        .finishStatistics = finish<FinishStatistics>,
        .useRunningStatistics = finish<UseRunningStatistics>,
        .finishGradient = finish<FinishGradient>,
        .crossEntropy = crossEntropy,
        .sgd = sgd,
        .scale = scale,
        .factorGradient = factorGradient,
        .scaleBackward = scaleBackward,
    };
    return table;
}

std::vector<std::uint16_t> toBf16(const std::vector<float>& values)
{
    std::vector<std::uint16_t> result;
    for (float value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        result.push_back(static_cast<std::uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16));
    }
    return result;
}

std::vector<float> fromBf16(const std::vector<std::uint16_t>& numbers)
{
    std::vector<float> result;
    for (std::uint16_t number : numbers)
        result.push_back(std::bit_cast<float>(std::uint32_t{number} << 16));
    return result;
}

} // namespace spacewright
