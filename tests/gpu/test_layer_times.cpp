// Where the time of a training step goes: measured for what is computed, and for nothing else.
#include "gpu/layer_times.h"
#include "core/exchange/space_file.h"
#include "core/network/layer_table.h"
#include "core/error.h"
#include <gtest/gtest.h>
#include <algorithm>

using namespace spacewright;

namespace {

TEST(LayerTimes, eachRowOfEveryKindOfNetworkTakesTime)
{
    for (const Network& network : spaceFromNameOrFile(TEST_DATA "/eight_networks.json").networks) {
        const std::vector<double> seconds = layerSeconds(network);
        ASSERT_EQ(seconds.size(), layers(network).size());
        EXPECT_EQ(seconds[0], 0) << "the input is not computed";
        for (const LayerRow& row : layerTable(network))
            EXPECT_TRUE(std::any_of(seconds.begin() + row.first, seconds.begin() + row.last + 1, [](double s) {
                return s > 0;
            })) << row.layer.name;
    }
}

TEST(LayerTimes, aNetworkThatCannotBeBuiltIsRefused)
{
    EXPECT_THROW(layerSeconds({}), Error);
}

} // namespace
