// Batch normalisation in steps. Four periods ("rows") are handled side by side, which shares the loads of per-channel
// values and hides latency. Sums run in floats over a block of rows and in doubles beyond.
#include "gpu/kernels/normalisation.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

constexpr int side = 4;
constexpr int rowsInFloat = 64;     // of a period; multiple of `side`
constexpr int columnsInFloat = 256; // floats of a period that are summed at once; multiple of the vectors' widths

/// How a vector is read and written: all of it.
struct Whole {
    ALWAYS_INLINE Vector read(const float* from) const { return load(from); }
    ALWAYS_INLINE void write(float* to, Vector v) const { store(to, v); }
};

/// The same for the rest of the last row.
struct FirstLanes {
    int count;
    ALWAYS_INLINE Vector read(const float* from) const { return loadFirst(from, count); }
    ALWAYS_INLINE void write(float* to, Vector v) const { storeFirst(to, v, count); }
};

/// Calls work.vectors<Rows>(element, entry, access) for columns [begin, end) of rows [from, to): `Rows` vectors, a
/// period apart, the first at `element`, which belong to the tables' entry `entry`.
template <class Work>
ALWAYS_INLINE void forRows(std::int64_t from, std::int64_t to, int begin, int end, int period, Work& work)
{
    std::int64_t row = from;
    for (; row + side <= to; row += side)
        for (int column = begin; column < end; column += lanes)
            work.template vectors<side>(row * period + column, column, Whole{});
    for (; row < to; ++row)
        for (int column = begin; column < end; column += lanes)
            work.template vectors<1>(row * period + column, column, Whole{});
}

/// The elements behind the last whole row, of which those in [begin, end) of the period.
template <class Work>
ALWAYS_INLINE void forRest(std::int64_t count, int begin, int end, int period, Work& work)
{
    const std::int64_t row = count / period * period;
    const int rest = static_cast<int>(count - row), stop = rest < end ? rest : end;
    int column = begin;
    for (; column + lanes <= stop; column += lanes)
        work.template vectors<1>(row + column, column, Whole{});
    if (column < stop)
        work.template vectors<1>(row + column, column, FirstLanes{stop - column});
}

/// All elements, once.
template <class Work>
ALWAYS_INLINE void forAll(std::int64_t count, int period, Work work)
{
    forRows(0, count / period, 0, period, period, work);
    forRest(count, 0, period, period, work);
}

/// `Count` sums per column of a block, and the doubles they go to.
template <int Count>
struct BlockSums {
    double* totals[Count];
    int first = 0; ///< column
    float sums[Count][columnsInFloat];

    void begin(int column)
    {
        first = column;
        std::memset(sums, 0, sizeof(sums));
    }
    ALWAYS_INLINE void add(int which, int column, Vector v)
    {
        float* to = sums[which] + (column - first);
        store(to, load(to) + v);
    }
    void end(int columns)
    {
        for (int which = 0; which < Count; ++which)
            for (int i = 0; i < columns; ++i)
                totals[which][first + i] += sums[which][i];
    }
};

/// All elements in blocks, with the work's sums begun and ended for each.
template <class Work>
ALWAYS_INLINE void forAllSums(std::int64_t count, int period, Work work)
{
    const std::int64_t rows = count / period;
    for (std::int64_t from = 0; from == 0 || from < rows; from += rowsInFloat) {
        const std::int64_t to = from + rowsInFloat < rows ? from + rowsInFloat : rows;
        for (int begin = 0; begin < period; begin += columnsInFloat) {
            const int end = begin + columnsInFloat < period ? begin + columnsInFloat : period;
            work.sums.begin(begin);
            forRows(from, to, begin, end, period, work);
            if (to == rows)
                forRest(count, begin, end, period, work);
            work.sums.end(end - begin);
        }
    }
}

struct BatchSumsWork {
    const BatchSums call;
    BlockSums<2> sums;

    template <int Rows, class Access>
    ALWAYS_INLINE void vectors(std::int64_t element, int entry, Access access)
    {
        const Vector centre = access.read(call.centre + entry);
        Vector sum{}, squares{};
        for (int r = 0; r < Rows; ++r) {
            const Vector d = access.read(call.x + element + static_cast<std::int64_t>(r) * call.period) - centre;
            sum += d;
            squares += d * d;
        }
        sums.add(0, entry, sum);
        sums.add(1, entry, squares);
    }
};

void batchSums(const BatchSums& call)
{
    forAllSums(call.count, call.period, BatchSumsWork{call, {{call.sums, call.squares}, 0, {}}});
}

enum class Skip { none, asItIs, scaled };

template <bool Relu, Skip S>
struct NormaliseWork {
    const Normalise call;

    template <int Rows, class Access>
    ALWAYS_INLINE void vectors(std::int64_t element, int entry, Access access)
    {
        const Vector scale = access.read(call.scale + entry), offset = access.read(call.offset + entry);
        Vector skipScale{}, skipOffset{};
        if constexpr (S == Skip::scaled) {
            skipScale = access.read(call.skipScale + entry);
            skipOffset = access.read(call.skipOffset + entry);
        }
        for (int r = 0; r < Rows; ++r) {
            const std::int64_t i = element + static_cast<std::int64_t>(r) * call.period;
            Vector z = scale * access.read(call.x + i) + offset;
            if constexpr (S == Skip::asItIs)
                z += access.read(call.skip + i);
            if constexpr (S == Skip::scaled)
                z += skipScale * access.read(call.skip + i) + skipOffset;
            access.write(call.y + i, Relu ? relu(z) : z);
        }
    }
};

template <Skip S>
void normaliseWith(const Normalise& call)
{
    if (call.relu)
        forAll(call.count, call.period, NormaliseWork<true, S>{call});
    else
        forAll(call.count, call.period, NormaliseWork<false, S>{call});
}

void normalise(const Normalise& call)
{
    if (!call.skip)
        normaliseWith<Skip::none>(call);
    else if (!call.skipScale)
        normaliseWith<Skip::asItIs>(call);
    else
        normaliseWith<Skip::scaled>(call);
}

template <bool Other, bool Relu, bool HasSkip>
struct GradientSumsWork {
    const GradientSums call;
    BlockSums<HasSkip ? 3 : 2> sums;

    template <int Rows, class Access>
    ALWAYS_INLINE void vectors(std::int64_t element, int entry, Access access)
    {
        const Vector mean = access.read(call.mean + entry);
        Vector skipMean{}, sum{}, products{}, skipProducts{};
        if constexpr (HasSkip)
            skipMean = access.read(call.skipMean + entry);
        for (int r = 0; r < Rows; ++r) {
            const std::int64_t i = element + static_cast<std::int64_t>(r) * call.period;
            Vector g = access.read(call.dy + i);
            if constexpr (Other)
                g += access.read(call.dyOther + i);
            if constexpr (Relu)
                g = whereBits(positiveBits(access.read(call.y + i)), g);
            if (call.g)
                access.write(call.g + i, g);
            sum += g;
            products += g * (access.read(call.x + i) - mean);
            if constexpr (HasSkip)
                skipProducts += g * (access.read(call.skip + i) - skipMean);
        }
        sums.add(0, entry, sum);
        sums.add(1, entry, products);
        if constexpr (HasSkip)
            sums.add(2, entry, skipProducts);
    }
};

template <bool... Known>
void gradientSumsFor(const GradientSums& call)
{
    if constexpr (sizeof...(Known) == 3) {
        GradientSumsWork<Known...> work{call, {}};
        double* const totals[] = {call.sums, call.products, call.skipProducts};
        for (int i = 0; double*& total : work.sums.totals)
            total = totals[i++];
        forAllSums(call.count, call.period, work);
    } else {
        const float* operands[] = {call.dyOther, call.y, call.skip};
        operands[sizeof...(Known)] ? gradientSumsFor<Known..., true>(call) : gradientSumsFor<Known..., false>(call);
    }
}

void gradientSums(const GradientSums& call)
{
    gradientSumsFor<>(call);
}

struct GradientWork {
    const NormaliseGradient call;

    template <int Rows, class Access>
    ALWAYS_INLINE void vectors(std::int64_t element, int entry, Access access)
    {
        const Vector a = access.read(call.a + entry), b = access.read(call.b + entry), c = access.read(call.c + entry);
        for (int r = 0; r < Rows; ++r) {
            const std::int64_t i = element + static_cast<std::int64_t>(r) * call.period;
            access.write(call.dx + i, a * access.read(call.g + i) + (b * access.read(call.x + i) + c));
        }
    }
};

void gradient(const NormaliseGradient& call)
{
    forAll(call.count, call.period, GradientWork{call});
}

} // namespace

extern const NormalisationKernels normalisationKernels;
const NormalisationKernels normalisationKernels{batchSums, normalise, gradientSums, gradient};

} // namespace spacewright::SPACEWRIGHT_SET
