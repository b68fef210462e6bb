// SHA-256 (FIPS 180-4).
#include "core/exchange/sha256.h"
#include "core/error.h"
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>

namespace spacewright {
namespace {

__extension__ using Wide = unsigned __int128;

/// Whole-number roots, which give the constants exactly: floor(2^32 frac(p^(1/root))) for the first primes p.
std::uint32_t fractionOfRoot(std::uint64_t prime, int root)
{
    // The largest x with x^root <= prime * 2^(32 root), found bit by bit in 128-bit steps.
    const auto power = [&](Wide x) { return root == 2 ? x * x : x * x * x; };
    const Wide wanted = static_cast<Wide>(prime) << (32 * root);
    std::uint64_t x = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 37; bit > 0; bit /= 2)
        if (power(x + bit) <= wanted)
            x += bit;
    return static_cast<std::uint32_t>(x);
}

template <std::size_t N>
std::array<std::uint32_t, N> roots(int root)
{
    std::array<std::uint32_t, N> result{};
    std::uint64_t prime = 1;
    for (std::uint32_t& value : result) {
        bool isPrime = false;
        while (!isPrime) {
            isPrime = ++prime > 1;
            for (std::uint64_t d = 2; d * d <= prime; ++d)
                isPrime = isPrime && prime % d != 0;
        }
        value = fractionOfRoot(prime, root);
    }
    return result;
}

class Hash {
public:
    void add(std::string_view bytes)
    {
        m_size += bytes.size();
        for (const char c : bytes) {
            m_block[m_filled++] = static_cast<std::uint8_t>(c);
            if (m_filled == m_block.size())
                mix();
        }
    }

    std::string hex()
    {
        const std::uint64_t bits = m_size * 8;
        add("\x80");
        while (m_filled != 56)
            add(std::string_view("\0", 1));
        for (int shift = 56; shift >= 0; shift -= 8)
            add(std::string(1, static_cast<char>(bits >> shift)));
        std::string text;
        for (const std::uint32_t word : m_state)
            for (int shift = 28; shift >= 0; shift -= 4)
                text += "0123456789abcdef"[word >> shift & 15];
        return text;
    }

private:
    void mix()
    {
        static const auto constants = roots<64>(3);
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i < 64; ++i) {
            if (i < 16) {
                for (std::size_t byte = 0; byte < 4; ++byte)
                    w[i] = w[i] << 8 | m_block[4 * i + byte];
                continue;
            }
            const std::uint32_t a = w[i - 15], b = w[i - 2];
            w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[i - 7] +
                   (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
        }
        auto [a, b, c, d, e, f, g, h] = m_state;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                        ((e & f) ^ (~e & g)) + constants[i] + w[i];
            const std::uint32_t second =
                (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < 8; ++i)
            m_state[i] += added[i];
        m_filled = 0;
    }

    std::array<std::uint32_t, 8> m_state = roots<8>(2);
    std::array<std::uint8_t, 64> m_block{};
    std::size_t m_filled = 0;
    std::uint64_t m_size = 0;
};

} // namespace

std::string sha256(std::string_view bytes)
{
    Hash hash;
    hash.add(bytes);
    return hash.hex();
}

std::string sha256OfFile(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string piece(std::size_t{1} << 16, '\0');
    Hash hash;
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
        hash.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    if (!file.eof())
        throw Error(path.string() + " cannot be read.");
    return hash.hex();
}

} // namespace spacewright
