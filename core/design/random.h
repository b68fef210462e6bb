// A small, portable random generator: the same numbers on every machine and with every standard library.
#pragma once
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace spacewright {

/// SplitMix64 (Steele, Lea, Flood 2014). One stream per (seed, index), so that work can be shared in any order.
class Random {
public:
    Random(std::uint64_t seed, std::uint64_t index) : m_state(mix(mix(seed) ^ (index * 0x9e3779b97f4a7c15ULL))) {}

    std::uint64_t bits() { return mix(m_state += 0x9e3779b97f4a7c15ULL); }
    /// In [0, 1), 53 bits.
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    /// In 0 .. n-1, n >= 1; the bias is below n / 2^64.
    std::uint64_t below(std::uint64_t n) { return scaled(bits(), n); }
    /// What below(n) makes of 64 random bits; never falls as the bits rise.
    static std::uint64_t scaled(std::uint64_t bits, std::uint64_t n)
    {
        return static_cast<std::uint64_t>((static_cast<unsigned __int128>(bits) * n) >> 64);
    }

private:
    static std::uint64_t mix(std::uint64_t z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state;
};

/// 0 .. count-1 in an order that is a function of the random stream alone (Fisher and Yates 1938).
inline std::vector<std::int32_t> shuffled(std::int32_t count, Random random)
{
    std::vector<std::int32_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random.below(i)]);
    return order;
}

} // namespace spacewright
