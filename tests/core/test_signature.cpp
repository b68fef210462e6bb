// One number over everything that sampling does. It changes only on purpose, and the commit that changes it says why.
#include "core/exchange/network_json.h"
#include <gtest/gtest.h>

using namespace spacewright;

TEST(Signature, ofAHundredSamplesOfEachNamedSpace)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (const Space& space : namedSpaces())
        for (const Sample& sample : draw(space, 7, 100).samples)
            for (const unsigned char c : std::to_string(sample.index) + toJson(sample))
                hash = (hash ^ c) * 0x100000001b3ULL;
    EXPECT_EQ(hash, 1284959809138878407ULL);
}
