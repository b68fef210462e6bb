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

TEST(Space, aParameterWithOneValueIsNoDimension)
{
    const std::pair<const char*, int> expected[] = {
        {"RegNetX-pycls", 5}, {"RegNetX-wm2", 5},         {"RegNetX-w0wa", 5}, {"RegNetX-refined", 5},
        {"RegNetV", 4},       {"AnyNetX_A-5-stages", 20}, {"AnyNetR_A", 12}};
    for (const auto& [name, n] : expected)
        EXPECT_EQ(dimensions(namedSpace(name)), n) << name;
}

TEST(Space, theExactSizeCountsTies)
{
    const double increasingWidths = 131. * 130 * 129 * 128 / 24;
    const double increasingDepths = 19. * 18 * 17 * 16 / 24;
    const std::pair<const char*, double> expected[] = {
        {"AnyNetX_A", std::pow(16. * 128 * 3 * 6, 4)},
        {"AnyNetX_B", std::pow(16. * 128 * 6, 4) * 3},
        {"AnyNetX_C", std::pow(16. * 128, 4) * 3 * 6},
        {"AnyNetX_D", std::pow(16., 4) * increasingWidths * 3 * 6},
        {"AnyNetX_E", increasingDepths * increasingWidths * 3 * 6},
        {"AnyNetX_C-constant-widths", std::pow(16., 4) * 128 * 3 * 6},
        {"AnyNetX_D-decreasing-depths", increasingDepths * increasingWidths * 3 * 6},
        {"RegNetX", 63. * 31 * 2559 * 1501 * 3 * 6},
        {"RegNetX-wm2", 63. * 31 * 2559 * 3 * 6},
        {"RegNetX-w0wa", 63. * 31 * 1501 * 3 * 6}};
    for (const auto& [name, size] : expected)
        EXPECT_NEAR(std::pow(10, log10ExactSize(namedSpace(name))) / size, 1, 1e-9) << name;
}

TEST(Space, theExactSizeKnowsEveryRange)
{
    // Plain enumeration of the depths of AnyNetX_E's stages.
    const auto depths = [](auto wanted) {
        int count = 0;
        for (int a = 1; a <= 16; ++a)
            for (int b = a; b <= 16; ++b)
                for (int c = b; c <= 16; ++c)
                    for (int d = c; d <= 16; ++d)
                        count += wanted(a, b, c, d);
        return std::log10(count);
    };
    const Space e = namedSpace("AnyNetX_E");
    const double others = log10ExactSize(e) - depths([](int, int, int, int) { return true; });
    EXPECT_NEAR(log10ExactSize(constrained(constrained(e, constraintFrom("d=12:20")), constraintFrom("d3=5:"))),
                others + depths([](int a, int b, int c, int d) {
                    return a + b + c + d >= 12 && a + b + c + d <= 20 && c >= 5;
                }),
                1e-9);
    const Space constant = constrained(namedSpace("AnyNetX_D-constant-depths"), constraintFrom("d=12:20"));
    EXPECT_NEAR(log10ExactSize(constant) - log10ExactSize(namedSpace("AnyNetX_D-constant-depths")), std::log10(3. / 16),
                1e-9); // 3, 4 or 5 blocks in each of four stages
    EXPECT_NEAR(log10ExactSize(e) - log10ExactSize(constrained(e, constraintFrom("b2=1:2"))), std::log10(1.5), 1e-9);
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
    EXPECT_THROW(check(constrained(namedSpace("AnyNetX_A"), constraintFrom("w_0=w_a"))), Error);
    EXPECT_NO_THROW(check(constrained(namedSpace("RegNetX"), constraintFrom("w_m=2"))));
}
