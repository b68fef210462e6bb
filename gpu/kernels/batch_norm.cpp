// Batch normalisation in two passes over memory each way.
//
// Rows are taken `n` at a time as one long row, n * channels a multiple of the vector's width: then every loop runs
// over whole vectors, however few channels there are, and the parameters of a lane stand in tables of that length
// ("period"). Four such long rows are handled side by side, which shares the tables' loads and hides latency.
#include "gpu/kernels/batch_norm.h"
#include "gpu/kernels/vector.h"
#include <cmath>

namespace spacewright::SPACEWRIGHT_SET {

namespace {

constexpr double epsilon = 1e-5;
constexpr float runningShare = 0.1f;
constexpr int side = 4;         // long rows side by side
constexpr int blockSteps = 16;  // of `side` long rows: then the float sums go to the double ones
constexpr int sampledRows = 16; // for the shift of the sums

/// Rows to a long row: whole vectors, and enough of them to keep the processor busy.
int rowsTogether(int channels)
{
    int together = lanes;
    for (int even = channels; even % 2 == 0 && together > 1; even /= 2)
        together /= 2;
    while (together * channels < 4 * lanes)
        together *= 2;
    return together;
}

/// The rows of a tensor as long rows, and tables of their length in the caller's scratch.
struct Layout {
    std::int64_t rows;
    int channels, together, period;
    float* scratch;

    Layout(std::int64_t rowCount, int channelCount, float* memory)
        : rows(rowCount), channels(channelCount), together(rowsTogether(channelCount)), period(together * channelCount),
          scratch(memory)
    {
    }
    std::int64_t count() const { return rows * channels; }
    float* table(int index) const { return scratch + static_cast<std::ptrdiff_t>(index) * period; }

    /// Table `index`: the value of each position's channel.
    template <class Value>
    float* fill(int index, Value value) const
    {
        float* to = table(index);
        for (int c = 0; c < channels; ++c)
            to[c] = value(c);
        for (int p = channels; p < period; ++p)
            to[p] = to[p - channels];
        return to;
    }
};

std::size_t scratch(int channels)
{
    constexpr std::size_t tables = 5, sums = 2, floatsPerDouble = 2;
    return (tables + sums + sums * floatsPerDouble) * rowsTogether(channels) * static_cast<std::size_t>(channels) + 1;
}

/// Calls work.vectors<Rows>(element, position) for all elements: `Rows` vectors, a period apart, the first at
/// `element`, whose tables are at `position`; work.last(element, position, n) for the n < lanes elements that may
/// remain at the end; and work.blockEnds() now and then.
template <class Work>
ALWAYS_INLINE void forEachVector(const Layout& layout, Work& work)
{
    const std::int64_t longRows = layout.rows / layout.together;
    const int period = layout.period;
    std::int64_t row = 0, element = 0;
    for (int step = 1; row + side <= longRows;
         row += side, element += side * static_cast<std::int64_t>(period), ++step) {
        for (int p = 0; p < period; p += lanes)
            work.template vectors<side>(element + p, p);
        if (step % blockSteps == 0)
            work.blockEnds();
    }
    for (; row < longRows; ++row, element += period)
        for (int p = 0; p < period; p += lanes)
            work.template vectors<1>(element + p, p);
    const int remaining = static_cast<int>(layout.count() - element);
    int p = 0;
    for (; p + lanes <= remaining; p += lanes)
        work.template vectors<1>(element + p, p);
    if (p < remaining)
        work.last(element + p, p, remaining - p);
    work.blockEnds();
}

/// Two sums per position, in floats for a block and in doubles over all; then per channel.
struct Sums {
    const Layout& layout;
    float* first;
    float* second;
    double* totals; ///< period of the first, then of the second

    explicit Sums(const Layout& l) : layout(l), first(l.table(5)), second(l.table(6))
    {
        // The doubles begin at an address that fits them.
        const auto address = reinterpret_cast<std::uintptr_t>(l.table(7));
        totals = reinterpret_cast<double*>((address + sizeof(double) - 1) / sizeof(double) * sizeof(double));
        std::memset(first, 0, sizeof(float) * 2 * l.period);
        std::memset(totals, 0, sizeof(double) * 2 * l.period);
    }
    void flush()
    {
        for (int p = 0; p < 2 * layout.period; ++p) // `second` lies behind `first`
            totals[p] += first[p];
        std::memset(first, 0, sizeof(float) * 2 * layout.period);
    }
    double total(int which, int channel) const
    {
        double result = 0;
        for (int p = channel; p < layout.period; p += layout.channels)
            result += totals[which * layout.period + p];
        return result;
    }
};

/// Sums of x - shift and of its square. The shift is a mean of some rows, so that nothing cancels.
struct Moments {
    const float* x;
    const float* shift;
    Sums& sums;
    int period;

    ALWAYS_INLINE void add(int p, Vector x0, Vector x1)
    {
        store(sums.first + p, load(sums.first + p) + x0);
        store(sums.second + p, load(sums.second + p) + x1);
    }
    template <int Rows>
    ALWAYS_INLINE void vectors(std::int64_t i, int p)
    {
        const Vector center = load(shift + p);
        Vector total{}, squares{};
        for (int r = 0; r < Rows; ++r) {
            const Vector d = load(x + i + static_cast<std::int64_t>(r) * period) - center;
            total += d;
            squares += d * d;
        }
        add(p, total, squares);
    }
    ALWAYS_INLINE void last(std::int64_t i, int p, int n)
    {
        const Vector d = loadFirst(x + i, n) - loadFirst(shift + p, n);
        add(p, d, d * d);
    }
    void blockEnds() { sums.flush(); }
};

/// Mean and biased variance per channel into `mean` and `variance`.
void batchMoments(const Layout& layout, const float* x, float* mean, float* variance)
{
    const std::int64_t samples = layout.rows < sampledRows ? layout.rows : sampledRows;
    const float* shift = layout.fill(0, [&](int c) {
        float sum = 0;
        for (std::int64_t s = 0; s < samples; ++s)
            sum += x[s * layout.rows / samples * layout.channels + c];
        return sum / static_cast<float>(samples);
    });
    Sums sums(layout);
    Moments moments{x, shift, sums, layout.period};
    forEachVector(layout, moments);
    const double n = static_cast<double>(layout.rows);
    for (int c = 0; c < layout.channels; ++c) {
        const double first = sums.total(0, c) / n, second = sums.total(1, c) / n - first * first;
        mean[c] = static_cast<float>(first + shift[c]);
        variance[c] = static_cast<float>(second < 0 ? 0 : second);
    }
}

/// y = relu?((x - mean) * scale + beta [+ skip]).
template <bool Relu, bool Skip>
struct Normalise {
    const float *x, *skip;
    float* y;
    std::uint8_t* positive;
    const float *mean, *scale, *beta;
    int period;

    template <int Rows>
    ALWAYS_INLINE void vectors(std::int64_t i, int p)
    {
        const Vector m = load(mean + p), s = load(scale + p), b = load(beta + p);
        for (int r = 0; r < Rows; ++r) {
            const std::int64_t at = i + static_cast<std::int64_t>(r) * period;
            Vector v = (load(x + at) - m) * s + b;
            if constexpr (Skip)
                v += load(skip + at);
            if constexpr (Relu && Skip)
                if (positive)
                    storeBits(at / 8, positiveBits(v), lanes / 8);
            store(y + at, Relu ? relu(v) : v);
        }
    }
    ALWAYS_INLINE void last(std::int64_t i, int p, int n)
    {
        Vector v = (loadFirst(x + i, n) - loadFirst(mean + p, n)) * loadFirst(scale + p, n) + loadFirst(beta + p, n);
        if constexpr (Skip)
            v += loadFirst(skip + i, n);
        if constexpr (Relu && Skip)
            if (positive)
                storeBits(i / 8, positiveBits(v), (n + 7) / 8);
        storeFirst(y + i, Relu ? relu(v) : v, n);
    }
    ALWAYS_INLINE void storeBits(std::int64_t byte, std::uint32_t bits, int bytes)
    {
        for (int k = 0; k < bytes; ++k)
            positive[byte + k] = static_cast<std::uint8_t>(bits >> (8 * k));
    }
    void blockEnds() {}
};

template <bool Relu, bool Skip, class Call>
void normaliseAs(const Layout& layout, const Call& call, std::uint8_t* positive)
{
    Normalise<Relu, Skip> work{call.x,          call.skip,       call.y,          positive,
                               layout.table(0), layout.table(1), layout.table(2), layout.period};
    forEachVector(layout, work);
}

template <class Call, class Mean, class InverseDeviation>
void normalise(const Layout& layout, const Call& call, std::uint8_t* positive, Mean mean, InverseDeviation inverse)
{
    layout.fill(0, mean);
    layout.fill(1, [&](int c) { return call.gamma[c] * inverse(c); });
    layout.fill(2, [&](int c) { return call.beta[c]; });
    if (call.relu && call.skip)
        normaliseAs<true, true>(layout, call, positive);
    else if (call.relu)
        normaliseAs<true, false>(layout, call, positive);
    else if (call.skip)
        normaliseAs<false, true>(layout, call, positive);
    else
        normaliseAs<false, false>(layout, call, positive);
}

float inverseDeviation(double variance)
{
    return static_cast<float>(1 / std::sqrt(variance + epsilon));
}

void forward(const BatchNormForward& call)
{
    const Layout layout(call.rows, call.channels, call.scratch);
    float* variance = call.inverseDeviation;
    batchMoments(layout, call.x, call.mean, variance);
    const float n = static_cast<float>(call.rows), unbiased = call.rows > 1 ? n / (n - 1) : 1;
    for (int c = 0; c < call.channels; ++c) {
        call.runningMean[c] += runningShare * (call.mean[c] - call.runningMean[c]);
        call.runningVariance[c] += runningShare * (variance[c] * unbiased - call.runningVariance[c]);
        call.inverseDeviation[c] = inverseDeviation(variance[c]);
    }
    normalise(
        layout, call, call.positive, [&](int c) { return call.mean[c]; },
        [&](int c) { return call.inverseDeviation[c]; });
}

void evaluate(const BatchNormEvaluation& call)
{
    const Layout layout(call.rows, call.channels, call.scratch);
    normalise(
        layout, call, nullptr, [&](int c) { return call.runningMean[c]; },
        [&](int c) { return inverseDeviation(call.runningVariance[c]); });
}

enum class Mask { none, recomputed, bits };

/// The operands of both backward passes, and the gradient before the normalisation's ReLU.
template <Mask M>
struct Gradient {
    const float* x;
    float* dy;
    const std::uint8_t* positive;
    const float *mean, *scale, *beta;

    /// dy where the ReLU let it through; `centered` is x - mean. The same arithmetic as `Normalise`.
    ALWAYS_INLINE Vector masked(Vector d, Vector centered, Vector scales, Vector betas, std::uint32_t bits) const
    {
        if constexpr (M == Mask::recomputed)
            return whereBits(positiveBits(centered * scales + betas), d);
        else if constexpr (M == Mask::bits)
            return whereBits(bits, d);
        else
            return d;
    }
    ALWAYS_INLINE std::uint32_t bitsAt(std::int64_t i, int bytes) const
    {
        std::uint32_t bits = 0;
        if constexpr (M == Mask::bits)
            for (int k = 0; k < bytes; ++k)
                bits |= static_cast<std::uint32_t>(positive[i / 8 + k]) << (8 * k);
        return bits;
    }
};

/// First pass: sums of g and g * (x - mean), where g is the masked dy (which is left in dy when the mask is of bits).
template <Mask M>
struct GradientSums {
    Gradient<M> gradient;
    Sums& sums;
    int period;

    ALWAYS_INLINE void add(int p, Vector g, Vector gx)
    {
        store(sums.first + p, load(sums.first + p) + g);
        store(sums.second + p, load(sums.second + p) + gx);
    }
    template <int Rows>
    ALWAYS_INLINE void vectors(std::int64_t i, int p)
    {
        const Vector m = load(gradient.mean + p), s = load(gradient.scale + p), b = load(gradient.beta + p);
        Vector total{}, products{};
        for (int r = 0; r < Rows; ++r) {
            const std::int64_t at = i + static_cast<std::int64_t>(r) * period;
            const Vector centered = load(gradient.x + at) - m;
            const Vector g = gradient.masked(load(gradient.dy + at), centered, s, b, gradient.bitsAt(at, lanes / 8));
            if constexpr (M == Mask::bits)
                store(gradient.dy + at, g);
            total += g;
            products += g * centered;
        }
        add(p, total, products);
    }
    ALWAYS_INLINE void last(std::int64_t i, int p, int n)
    {
        const Vector centered = loadFirst(gradient.x + i, n) - loadFirst(gradient.mean + p, n);
        const Vector g = gradient.masked(loadFirst(gradient.dy + i, n), centered, loadFirst(gradient.scale + p, n),
                                         loadFirst(gradient.beta + p, n), gradient.bitsAt(i, (n + 7) / 8));
        if constexpr (M == Mask::bits)
            storeFirst(gradient.dy + i, g, n);
        add(p, g, g * centered);
    }
    void blockEnds() { sums.flush(); }
};

/// Second pass: dx = scale * (g - meanOfG - (x - mean) * slope).
template <Mask M>
struct InputGradient {
    Gradient<M> gradient;
    float* dx;
    const float *meanOfG, *slope;
    int period;

    template <int Rows>
    ALWAYS_INLINE void vectors(std::int64_t i, int p)
    {
        const Vector m = load(gradient.mean + p), s = load(gradient.scale + p), b = load(gradient.beta + p);
        const Vector average = load(meanOfG + p), k = load(slope + p);
        for (int r = 0; r < Rows; ++r) {
            const std::int64_t at = i + static_cast<std::int64_t>(r) * period;
            const Vector centered = load(gradient.x + at) - m;
            const Vector g = gradient.masked(load(gradient.dy + at), centered, s, b, 0);
            store(dx + at, s * (g - average - centered * k));
        }
    }
    ALWAYS_INLINE void last(std::int64_t i, int p, int n)
    {
        const Vector s = loadFirst(gradient.scale + p, n);
        const Vector centered = loadFirst(gradient.x + i, n) - loadFirst(gradient.mean + p, n);
        const Vector g =
            gradient.masked(loadFirst(gradient.dy + i, n), centered, s, loadFirst(gradient.beta + p, n), 0);
        storeFirst(dx + i, s * (g - loadFirst(meanOfG + p, n) - centered * loadFirst(slope + p, n)), n);
    }
    void blockEnds() {}
};

template <Mask First, Mask Second>
void backwardAs(const BatchNormBackward& call)
{
    const Layout layout(call.rows, call.channels, call.scratch);
    const float* mean = layout.fill(0, [&](int c) { return call.mean[c]; });
    const float* scale = layout.fill(1, [&](int c) { return call.gamma[c] * call.inverseDeviation[c]; });
    const float* beta = layout.fill(2, [&](int c) { return call.beta[c]; });
    Sums sums(layout);
    GradientSums<First> first{{call.x, call.dy, call.positive, mean, scale, beta}, sums, layout.period};
    forEachVector(layout, first);

    const double n = static_cast<double>(call.rows);
    const float* meanOfG = layout.fill(3, [&](int c) { return static_cast<float>(sums.total(0, c) / n); });
    const float* slope = layout.fill(4, [&](int c) {
        const double inverse = call.inverseDeviation[c];
        return static_cast<float>(sums.total(1, c) / n * inverse * inverse);
    });
    for (int c = 0; c < call.channels; ++c) {
        call.dbeta[c] = static_cast<float>(sums.total(0, c));
        call.dgamma[c] = static_cast<float>(sums.total(1, c) * call.inverseDeviation[c]);
    }
    InputGradient<Second> second{{call.x, call.dy, nullptr, mean, scale, beta}, call.dx, meanOfG, slope, layout.period};
    forEachVector(layout, second);
}

void backward(const BatchNormBackward& call)
{
    if (call.positive)
        backwardAs<Mask::bits, Mask::none>(call); // the first pass leaves dy masked
    else if (call.relu)
        backwardAs<Mask::recomputed, Mask::recomputed>(call);
    else
        backwardAs<Mask::none, Mask::none>(call);
}

} // namespace

extern const BatchNormKernels batchNormKernels;
const BatchNormKernels batchNormKernels{scratch, forward, evaluate, backward};

} // namespace spacewright::SPACEWRIGHT_SET
