// Vectors of floats in the width of the instruction set that a kernel is being compiled for. Only kernels include this.
//
// GCC's and Clang's vector types give arithmetic, comparison and selection for every processor; the few functions below
// that they lack are written with intrinsics. All stands in the namespace of the instruction set, because the linker
// would otherwise keep one set's copy of an inline function for all of them.
#pragma once
#include <cstdint>
#include <cstring>
#include <utility>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define ALWAYS_INLINE inline __attribute__((always_inline))

namespace spacewright::SPACEWRIGHT_SET {

template <int N>
struct VectorTypes {
    typedef float Floats __attribute__((vector_size(4 * N)));
    typedef float Unaligned __attribute__((vector_size(4 * N), aligned(4), may_alias));
    typedef std::int32_t Integers __attribute__((vector_size(4 * N)));
};

template <int N>
using Floats = typename VectorTypes<N>::Floats;
template <int N>
using Integers = typename VectorTypes<N>::Integers;

/// Floats in the widest register. The plain version has two registers' worth, so that mask bits fill whole bytes.
#if defined(__AVX512F__)
constexpr int lanes = 16;
#else
constexpr int lanes = 8;
#endif
using Vector = Floats<lanes>;

/// Floats to a cache line, and to ask for beyond a scratch memory's size so that it can begin at one.
constexpr int alignment = 16;

ALWAYS_INLINE float* alignedUp(float* memory)
{
    constexpr std::uintptr_t bytes = alignment * sizeof(float);
    return reinterpret_cast<float*>((reinterpret_cast<std::uintptr_t>(memory) + bytes - 1) / bytes * bytes);
}

template <class V>
constexpr int width = static_cast<int>(sizeof(V) / sizeof(float));

template <class V = Vector>
ALWAYS_INLINE V load(const float* from)
{
    return *reinterpret_cast<const typename VectorTypes<width<V>>::Unaligned*>(from);
}

template <class V>
ALWAYS_INLINE void store(float* to, V v)
{
    *reinterpret_cast<typename VectorTypes<width<V>>::Unaligned*>(to) = v;
}

/// The same value in all lanes.
template <class V = Vector>
ALWAYS_INLINE V all(float value)
{
    return [value]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline))
    {
        return V{(static_cast<void>(I), value)...};
    }
    (std::make_integer_sequence<int, width<V>>());
}

/// The first `count` lanes (0 <= count <= width) from memory, 0 in the others; reads nothing beyond.
template <class V = Vector>
ALWAYS_INLINE V loadFirst(const float* from, int count)
{
#if defined(__AVX512VL__)
    if constexpr (width<V> == 16)
        return reinterpret_cast<V>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << count) - 1), from));
    else
        return reinterpret_cast<V>(_mm256_maskz_loadu_ps(static_cast<__mmask8>((1u << count) - 1), from));
#else
    V v{};
    for (int i = 0; i < count; ++i)
        v[i] = from[i];
    return v;
#endif
}

template <class V>
ALWAYS_INLINE void storeFirst(float* to, V v, int count)
{
#if defined(__AVX512VL__)
    if constexpr (width<V> == 16)
        _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1u << count) - 1), v);
    else
        _mm256_mask_storeu_ps(to, static_cast<__mmask8>((1u << count) - 1), v);
#else
    for (int i = 0; i < count; ++i)
        to[i] = v[i];
#endif
}

/// A bit per lane: 1 where v > 0.
ALWAYS_INLINE std::uint32_t positiveBits(Vector v)
{
#if defined(__AVX512F__)
    return _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_GT_OQ);
#elif defined(__AVX2__)
    return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_GT_OQ)));
#else
    std::uint32_t bits = 0;
    for (int i = 0; i < lanes; ++i)
        bits |= static_cast<std::uint32_t>(v[i] > 0) << i;
    return bits;
#endif
}

/// v where the lane's bit is 1, 0 elsewhere.
ALWAYS_INLINE Vector whereBits(std::uint32_t bits, Vector v)
{
#if defined(__AVX512F__)
    return _mm512_maskz_mov_ps(static_cast<__mmask16>(bits), v);
#else
    constexpr Integers<lanes> laneBit{1, 2, 4, 8, 16, 32, 64, 128};
    const Integers<lanes> chosen = (laneBit & static_cast<std::int32_t>(bits)) != 0;
    return reinterpret_cast<Vector>(reinterpret_cast<Integers<lanes>>(v) & chosen);
#endif
}

/// max(0, v), which leaves a NaN a NaN.
template <class V>
ALWAYS_INLINE V relu(V v)
{
#if defined(__AVX512F__)
    if constexpr (width<V> == 16)
        return _mm512_max_ps(_mm512_setzero_ps(), v);
#endif
#if defined(__AVX2__)
    if constexpr (width<V> == 8)
        return _mm256_max_ps(_mm256_setzero_ps(), v);
#endif
    return v < 0 ? V{} : v;
}

/// Sum of the lanes, by halves.
template <class V>
ALWAYS_INLINE float sum(V v)
{
    float value[width<V>];
    store(value, v);
    for (int half = width<V> / 2; half > 0; half /= 2)
        for (int i = 0; i < half; ++i)
            value[i] += value[i + half];
    return value[0];
}

} // namespace spacewright::SPACEWRIGHT_SET
