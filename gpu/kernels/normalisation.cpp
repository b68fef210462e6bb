// Batch normalisation in steps. Sums run in floats over few rows and in doubles beyond.
#include "gpu/kernels/normalisation.h"
#include "gpu/kernels/vector.h"
#include <algorithm>

namespace spacewright::SPACEWRIGHT_SET {

namespace {

/// g where y > 0, 0 elsewhere.
ALWAYS_INLINE Vector wherePositive(Vector y, Vector g)
{
    return y > 0 ? g : Vector{};
}

constexpr int rowsInFloat = 64; // rows (of a period) that are added up before the sum goes into a double

ALWAYS_INLINE void addTo(double* sums, Vector v)
{
    float values[lanes];
    store(values, v);
    for (int i = 0; i < lanes; ++i)
        sums[i] += values[i];
}

/// Calls tile(column, rows from, rows to) for columns of `Width` vectors over all whole periods, and what is left over
/// (less than a period) element by element.
template <int Width, class Tile, class Element>
ALWAYS_INLINE void forPeriods(std::int64_t count, int period, Tile tile, Element element)
{
    const std::int64_t rows = count / period;
    for (std::int64_t from = 0; from < rows; from += rowsInFloat) {
        const std::int64_t to = std::min<std::int64_t>(rows, from + rowsInFloat);
        int column = 0;
        for (; column + Width * lanes <= period; column += Width * lanes)
            tile(std::integral_constant<int, Width>(), column, from, to);
        for (; column < period; column += lanes)
            tile(std::integral_constant<int, 1>(), column, from, to);
    }
    for (std::int64_t i = rows * period; i < count; ++i)
        element(i, static_cast<int>(i - rows * period));
}

void batchSums(const BatchSums& p)
{
    const auto tile = [&](auto width, int column, std::int64_t from, std::int64_t to) __attribute__((always_inline))
    {
        constexpr int n = decltype(width)::value;
        Vector centre[n], sums[n]{}, squares[n]{};
        for (int v = 0; v < n; ++v)
            centre[v] = load(p.centre + column + v * lanes);
        for (std::int64_t row = from; row < to; ++row)
            for (int v = 0; v < n; ++v) {
                const Vector d = load(p.x + row * p.period + column + v * lanes) - centre[v];
                sums[v] += d;
                squares[v] += d * d;
            }
        for (int v = 0; v < n; ++v) {
            addTo(p.sums + column + v * lanes, sums[v]);
            addTo(p.squares + column + v * lanes, squares[v]);
        }
    };
    forPeriods<4>(p.count, p.period, tile, [&](std::int64_t i, int entry) {
        const double d = p.x[i] - p.centre[entry];
        p.sums[entry] += d;
        p.squares[entry] += d * d;
    });
}

template <bool Relu, int Skip> // Skip: 0 none, 1 as it is, 2 scaled
void normaliseAs(const Normalise& p)
{
    const auto at = [&](std::int64_t i, int entry, auto read) __attribute__((always_inline))
    {
        auto z = read(p.scale + entry) * read(p.x + i) + read(p.offset + entry);
        if constexpr (Skip == 1)
            z += read(p.skip + i);
        if constexpr (Skip == 2)
            z += read(p.skipScale + entry) * read(p.skip + i) + read(p.skipOffset + entry);
        return z;
    };
    std::int64_t i = 0;
    for (int entry = 0; i + lanes <= p.count; i += lanes) {
        Vector z = at(
            i, entry, [](const float* from) __attribute__((always_inline)) { return load(from); });
        if constexpr (Relu)
            z = relu(z);
        store(p.y + i, z);
        entry += lanes;
        if (entry == p.period)
            entry = 0;
    }
    for (; i < p.count; ++i) {
        const float z = at(i, static_cast<int>(i % p.period), [](const float* from) { return *from; });
        p.y[i] = Relu && z < 0 ? 0 : z;
    }
}

void normalise(const Normalise& p)
{
    const auto as = [&](auto skip) {
        constexpr int kind = decltype(skip)::value;
        p.relu ? normaliseAs<true, kind>(p) : normaliseAs<false, kind>(p);
    };
    if (!p.skip)
        as(std::integral_constant<int, 0>());
    else if (!p.skipScale)
        as(std::integral_constant<int, 1>());
    else
        as(std::integral_constant<int, 2>());
}

template <bool Other, bool Relu, bool Skip>
void gradientSumsAs(const GradientSums& p)
{
    const auto tile = [&](auto width, int column, std::int64_t from, std::int64_t to) __attribute__((always_inline))
    {
        constexpr int n = decltype(width)::value;
        Vector mean[n], skipMean[n], sums[n]{}, products[n]{}, skipProducts[n]{};
        for (int v = 0; v < n; ++v) {
            mean[v] = load(p.mean + column + v * lanes);
            if constexpr (Skip)
                skipMean[v] = load(p.skipMean + column + v * lanes);
        }
        for (std::int64_t row = from; row < to; ++row)
            for (int v = 0; v < n; ++v) {
                const std::int64_t i = row * p.period + column + v * lanes;
                Vector g = load(p.dy + i);
                if constexpr (Other)
                    g += load(p.dyOther + i);
                if constexpr (Relu)
                    g = wherePositive(load(p.y + i), g);
                if (p.g)
                    store(p.g + i, g);
                sums[v] += g;
                products[v] += g * (load(p.x + i) - mean[v]);
                if constexpr (Skip)
                    skipProducts[v] += g * (load(p.skip + i) - skipMean[v]);
            }
        for (int v = 0; v < n; ++v) {
            addTo(p.sums + column + v * lanes, sums[v]);
            addTo(p.products + column + v * lanes, products[v]);
            if constexpr (Skip)
                addTo(p.skipProducts + column + v * lanes, skipProducts[v]);
        }
    };
    forPeriods<2>(p.count, p.period, tile, [&](std::int64_t i, int entry) {
        float g = Other ? p.dy[i] + p.dyOther[i] : p.dy[i];
        if (Relu && !(p.y[i] > 0))
            g = 0;
        if (p.g)
            p.g[i] = g;
        p.sums[entry] += g;
        p.products[entry] += static_cast<double>(g) * (p.x[i] - p.mean[entry]);
        if constexpr (Skip)
            p.skipProducts[entry] += static_cast<double>(g) * (p.skip[i] - p.skipMean[entry]);
    });
}

template <bool... Known>
void gradientSumsFor(const GradientSums& p)
{
    if constexpr (sizeof...(Known) == 3)
        gradientSumsAs<Known...>(p);
    else {
        const float* operands[] = {p.dyOther, p.y, p.skip};
        operands[sizeof...(Known)] ? gradientSumsFor<Known..., true>(p) : gradientSumsFor<Known..., false>(p);
    }
}

void gradientSums(const GradientSums& p)
{
    gradientSumsFor<>(p);
}

void gradient(const NormaliseGradient& p)
{
    std::int64_t i = 0;
    for (int entry = 0; i + lanes <= p.count; i += lanes) {
        store(p.dx + i, load(p.a + entry) * load(p.g + i) + (load(p.b + entry) * load(p.x + i) + load(p.c + entry)));
        entry += lanes;
        if (entry == p.period)
            entry = 0;
    }
    for (; i < p.count; ++i) {
        const int entry = static_cast<int>(i % p.period);
        p.dx[i] = p.a[entry] * p.g[i] + (p.b[entry] * p.x[i] + p.c[entry]);
    }
}

} // namespace

extern const NormalisationKernels normalisationKernels;
const NormalisationKernels normalisationKernels{batchSums, normalise, gradientSums, gradient};

} // namespace spacewright::SPACEWRIGHT_SET
