// Elementwise functions; the exponential is a polynomial, so that all lanes go at once.
#include "gpu/kernels/activation.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

/// to[i] = function(a[i], b[i]), vector by vector.
template <class Function>
ALWAYS_INLINE void transform(std::int64_t count, const float* a, const float* b, float* to, Function function)
{
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store(to + i, function(load(a + i), load(b + i)));
    const int n = static_cast<int>(count - i);
    if (n > 0)
        storeFirst(to + i, function(loadFirst(a + i, n), loadFirst(b + i, n)), n);
}

/// e^x within 1e-7 for |x| <= 87, beyond that as for 87: x = k ln 2 + r with |r| <= ln 2 / 2, and a polynomial for e^r
/// (its Taylor series to r^7: the rest is below 1e-8).
ALWAYS_INLINE Vector exponential(Vector x)
{
    constexpr float limit = 87, log2e = 1.44269504f, ln2High = 0.693359375f, ln2Low = -2.12194440e-4f;
    constexpr float toInteger = 12582912; // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
    x = x > limit ? all(limit) : x;
    x = x < -limit ? all(-limit) : x;
    const Vector shifted = x * log2e + toInteger;
    const Vector k = shifted - toInteger;
    const Vector r = x - k * ln2High - k * ln2Low;
    Vector sum = all(1 / 5040.0f);
    for (const float term : {1 / 720.0f, 1 / 120.0f, 1 / 24.0f, 1 / 6.0f, 0.5f, 1.0f, 1.0f})
        sum = sum * r + term;
    const Integers<lanes> exponent = reinterpret_cast<Integers<lanes>>(shifted) << 23; // k at the exponent's place
    return reinterpret_cast<Vector>(reinterpret_cast<Integers<lanes>>(sum) + exponent);
}

ALWAYS_INLINE Vector sigmoidOf(Vector x)
{
    return 1 / (1 + exponential(-x));
}

void reluAll(std::int64_t count, const float* x, float* y)
{
    transform(count, x, x, y, [](Vector v, Vector) { return relu(v); });
}

void reluBackward(std::int64_t count, const float* y, const float* dy, float* dx)
{
    transform(count, y, dy, dx, [](Vector v, Vector d) { return whereBits(positiveBits(v), d); });
}

void sigmoid(std::int64_t count, const float* x, float* y)
{
    transform(count, x, x, y, [](Vector v, Vector) { return sigmoidOf(v); });
}

void sigmoidBackward(std::int64_t count, const float* y, const float* dy, float* dx)
{
    transform(count, y, dy, dx, [](Vector v, Vector d) { return d * (v - v * v); });
}

void silu(std::int64_t count, const float* x, float* y)
{
    transform(count, x, x, y, [](Vector v, Vector) { return v * sigmoidOf(v); });
}

void siluBackward(std::int64_t count, const float* x, const float* dy, float* dx)
{
    transform(count, x, dy, dx, [](Vector v, Vector d) {
        const Vector s = sigmoidOf(v);
        return d * (s + v * s * (1 - s));
    });
}

void add(std::int64_t count, const float* a, const float* b, float* sum)
{
    transform(count, a, b, sum, [](Vector v, Vector w) { return v + w; });
}

} // namespace

extern const ActivationKernels activationKernels;
const ActivationKernels activationKernels{reluAll, reluBackward, sigmoid, sigmoidBackward, silu, siluBackward, add};

} // namespace spacewright::SPACEWRIGHT_SET
