// One number over everything that sampling does. It changes only on purpose, and the commit that changes it says why.
#include "core/exchange/network_json.h"
#include <gtest/gtest.h>

using namespace spacewright;

namespace {

constexpr std::ptrdiff_t first = 7; ///< AnyNetX_A .. RegNetX-pycls

std::uint64_t signature(std::vector<Space>::const_iterator from, std::vector<Space>::const_iterator to)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (; from != to; ++from)
        for (const Sample& sample : draw(*from, 7, 100).samples)
            for (const unsigned char c : std::to_string(sample.index) + toJson(sample))
                hash = (hash ^ c) * 0x100000001b3ULL;
    return hash;
}

} // namespace

TEST(Signature, ofAHundredSamplesOfTheFirstSevenSpaces)
{
    EXPECT_EQ(signature(namedSpaces().begin(), namedSpaces().begin() + first), 298701276824834103ULL);
}

TEST(Signature, ofAHundredSamplesOfEachFurtherSpace)
{
    EXPECT_EQ(signature(namedSpaces().begin() + first, namedSpaces().end()), 6754099452165883897ULL);
}
