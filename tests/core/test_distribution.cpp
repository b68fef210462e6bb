// The quantised distributions as exact probabilities, against those measured with pycls.
#include "core/design/distribution.h"
#include "core/error.h"
#include "tests/core/reference_networks.h"
#include <map>

using namespace spacewright;
using Kind = Distribution::Kind;

TEST(Distribution, agreesWithPyclsProbabilities)
{
    int compared = 0;
    const nlohmann::json reference = test::readJson("samples_anynetx_a.json");
    for (const auto& row : reference["pmf_check"]) {
        const std::map<std::string, Kind> kinds{{"uniform", Kind::uniform},
                                                {"log_uniform", Kind::logUniform},
                                                {"power2_uniform", Kind::powersOfTwo},
                                                {"power2_or_log_uniform", Kind::powerOfTwoOrLogUniform}};
        const Table table({kinds.at(row["fn"]), row["low"], row["high"], row["q"]});
        ASSERT_EQ(table.values().size(), row["pmf"].size()) << row["fn"] << row["low"] << row["high"] << row["q"];
        for (const auto& [value, p] : row["pmf"].items())
            EXPECT_NEAR(table.probability(std::stod(value)), p.get<double>(), 1e-12) << row["fn"] << " " << value;
        ++compared;
    }
    EXPECT_GE(compared, 8);
}

TEST(Distribution, ofDepthsHasThePapersFirstValues)
{
    const Table depths({Kind::logUniform, 1, 16, 1});
    EXPECT_NEAR(depths.probability(1), 0.2, 1e-12);
    EXPECT_NEAR(depths.probability(2), 0.2, 1e-12);
    EXPECT_NEAR(depths.probability(3), 0.117, 5e-4);
}

TEST(Distribution, restrictedIsConditional)
{
    const Table all({Kind::logUniform, 8, 1024, 8});
    const Table some = all.restricted(64, 128);
    double mass = 0;
    for (double w = 64; w <= 128; w += 8)
        mass += all.probability(w);
    EXPECT_EQ(some.values().size(), 9u);
    EXPECT_NEAR(some.probability(64), all.probability(64) / mass, 1e-12);
    EXPECT_EQ(some.probability(136), 0);
    EXPECT_TRUE(all.restricted(9, 15).empty());
}

TEST(Distribution, drawsFollowTheTable)
{
    const Table table({Kind::logUniform, 1, 16, 1});
    std::map<double, int> counts;
    Random random(7, 0);
    constexpr int draws = 200'000;
    for (int i = 0; i < draws; ++i)
        ++counts[table.draw(random)];
    double chiSquare = 0;
    for (const double v : table.values()) {
        const double expected = draws * table.probability(v);
        chiSquare += std::pow(counts[v] - expected, 2) / expected;
    }
    EXPECT_LT(chiSquare, 37.7); // 15 degrees of freedom, p = 0.001
}

TEST(Distribution, keepsTenthsExact)
{
    const Table slopes({Kind::logUniform, 8, 256, 0.1});
    EXPECT_GT(slopes.probability(24.4), 0);
    EXPECT_EQ(slopes.values().front(), 8.0);
    EXPECT_EQ(slopes.values().back(), 256.0);
}

TEST(Distribution, refusesARangeThatMakesNoSense)
{
    EXPECT_THROW(Table({Kind::uniform, 3, 2, 1}), Error);
    EXPECT_THROW(Table({Kind::logUniform, 0, 2, 1}), Error);
    EXPECT_THROW(Table({Kind::uniform, 1, 2, 0}), Error);
    EXPECT_THROW(Table({Kind::uniform, 0, 1e12, 1}), Error);
    EXPECT_THROW(Table({Kind::uniform, 9, 10, 8}), Error);
}
