// The named spaces: their constraints, dimensions and sizes as the paper's table 1 has them.
#include "core/design/space.h"
#include "core/error.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace spacewright;

TEST(Space, namedOnesHaveThePapersDimensions)
{
    const std::pair<const char*, int> expected[] = {{"AnyNetX_A", 16}, {"AnyNetX_B", 13}, {"AnyNetX_C", 10},
                                                    {"AnyNetX_D", 10}, {"AnyNetX_E", 10}, {"RegNetX", 6}};
    for (const auto& [name, n] : expected)
        EXPECT_EQ(dimensions(namedSpace(name)), n) << name;
}

TEST(Space, namedOnesHaveThePapersSizes)
{
    const std::pair<const char*, double> expected[] = {{"AnyNetX_A", 1.8e18}, {"AnyNetX_B", 6.8e16},
                                                       {"AnyNetX_C", 3.2e14}, {"AnyNetX_D", 1.3e13},
                                                       {"AnyNetX_E", 5.5e11}, {"RegNetX", 3.0e8}};
    for (const auto& [name, size] : expected)
        EXPECT_NEAR(std::pow(10, log10Size(namedSpace(name))) / size, 1, 0.03) << name;
}

TEST(Space, aRangeMakesItSmaller)
{
    const Space& a = namedSpace("AnyNetX_A");
    EXPECT_NEAR(log10Size(a) - log10Size(constrained(a, constraintFrom("d1=1:8"))), std::log10(2), 1e-12);
    EXPECT_NEAR(log10Size(a) - log10Size(constrained(a, constraintFrom("b=1:2"))), 4 * std::log10(1.5), 1e-12);
}

TEST(Space, theSameConstraintTwiceIsKeptOnce)
{
    const Space d = namedSpace("AnyNetX_D");
    EXPECT_EQ(constrained(d, constraintFrom("shared b")), d);
}

TEST(Space, unknownNamesListTheKnownOnes)
{
    try {
        namedSpace("AnyNetX");
        FAIL();
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("AnyNetX_A, AnyNetX_B"), std::string::npos) << e.what();
    }
}

TEST(Space, refusesConstraintsThatDoNotApply)
{
    EXPECT_THROW(check(constrained(namedSpace("AnyNetX_A"), constraintFrom("w_m=2"))), Error);
    EXPECT_THROW(check(constrained(namedSpace("AnyNetX_A"), constraintFrom("d5=1:2"))), Error);
    EXPECT_NO_THROW(check(constrained(namedSpace("RegNetX"), constraintFrom("w_m=2"))));
}
