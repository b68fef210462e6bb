// What the narrow group convolution's kernels share: vectors of channels, their weights, and one input spread over a
// group's lanes. Only kernels include this.
#pragma once
#include "gpu/kernels/group_convolution.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

constexpr int taps = 9;

ALWAYS_INLINE int outputSize(const GroupConvolutionShape& shape)
{
    return (shape.size - 1) / shape.stride + 1;
}

/// The channels as vectors: the widest ones first, then 8 lanes; the last may overlap the one before and gives the same
/// values again.
template <class Work>
ALWAYS_INLINE void forEachBlock(int channels, Work work)
{
    int c = 0;
    if constexpr (lanes > 8)
        for (; c + lanes <= channels; c += lanes)
            work(c, Vector{});
    for (; c < channels; c += 8)
        work(c + 8 <= channels ? c : channels - 8, Floats<8>{});
}

/// Floats of a table that has `taps * groupWidth` vectors per block.
inline std::size_t blockTable(const GroupConvolutionShape& shape)
{
    return static_cast<std::size_t>(taps) * shape.groupWidth * ((shape.channels + 7) / 8 * 8);
}

/// Lane l of the result is lane `I` of l's group of `G`.
template <int G, int I, class V, int... L>
ALWAYS_INLINE V spreadLanes(V v, std::integer_sequence<int, L...>)
{
#if defined(__clang__)
    return __builtin_shufflevector(v, v, (L / G * G + I)...);
#else
    return __builtin_shuffle(v, Integers<width<V>>{(L / G * G + I)...});
#endif
}
/// Calls work(integral constant) for 0 .. N - 1.
template <int N, class Work>
ALWAYS_INLINE void unrolled(Work work)
{
    [&work]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline))
    {
        (work(std::integral_constant<int, I>()), ...);
    }
    (std::make_integer_sequence<int, N>());
}

/// Input i (an integral constant) of each lane's group, from the pixel at the lanes' own channels.
template <class V, int G, class Index>
ALWAYS_INLINE V inputOfGroup(const float* pixel, Index)
{
    if constexpr (G == 1)
        return load<V>(pixel);
    else if constexpr (G == width<V>)
        return all<V>(pixel[Index::value]);
    else
        return spreadLanes<G, Index::value>(load<V>(pixel), std::make_integer_sequence<int, width<V>>());
}

/// Calls tile(integral constant of its width, first column): a row of `size` columns in tiles that fit it, the last of
/// which may overlap the one before.
template <class Tile>
ALWAYS_INLINE void forEachTile(int size, Tile tile)
{
    const auto rowOf = [&](auto tileWidth) __attribute__((always_inline))
    {
        constexpr int w = decltype(tileWidth)::value;
        for (int column = 0; column < size; column += w)
            tile(tileWidth, column + w <= size ? column : size - w);
    };
    if (size % 7 == 0)
        rowOf(std::integral_constant<int, 7>());
    else if (size >= 4)
        rowOf(std::integral_constant<int, 4>());
    else if (size >= 2)
        rowOf(std::integral_constant<int, 2>());
    else
        rowOf(std::integral_constant<int, 1>());
}

/// Calls work(integral constant) with the group width.
template <class Work>
ALWAYS_INLINE void withGroupWidth(int groupWidth, Work work)
{
    switch (groupWidth) {
    case 1:
        return work(std::integral_constant<int, 1>());
    case 2:
        return work(std::integral_constant<int, 2>());
    case 4:
        return work(std::integral_constant<int, 4>());
    default:
        return work(std::integral_constant<int, 8>());
    }
}

/// What is worked on at once should stay in the first-level cache, whose smallest is 32 KiB, beside the weights.
constexpr std::size_t cachedBytes = 16 << 10;

void groupBackwardWeights(const GroupConvolutionShape&, const float* x, const float* dy, float* dweight,
                          float* scratch);

} // namespace spacewright::SPACEWRIGHT_SET
