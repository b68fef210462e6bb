// Constraints as text.
#include "core/design/constraint.h"
#include "core/error.h"
#include <gtest/gtest.h>

using namespace spacewright;
using Kind = Constraint::Kind;

TEST(Constraint, readsWhatItWrites)
{
    const double open = std::numeric_limits<double>::infinity();
    const Constraint all[] = {{Kind::shared, "b"},
                              {Kind::increasing, "w"},
                              {Kind::constant, "d"},
                              {Kind::decreasing, "w"},
                              {Kind::range, "d", 8, 20},
                              {Kind::range, "w4", 64, open},
                              {Kind::range, "params", -open, 4e6},
                              {Kind::range, "w_m", 2, 2},
                              {Kind::range, "w_a", 8.5, 10.25},
                              {Kind::equal, "w_a"}};
    for (const Constraint& c : all)
        EXPECT_EQ(constraintFrom(toText(c)), c) << toText(c);
}

TEST(Constraint, understandsWhatAPersonTypes)
{
    EXPECT_EQ(constraintFrom("shared-bottleneck"), (Constraint{Kind::shared, "b"}));
    EXPECT_EQ(constraintFrom("shared_groups"), (Constraint{Kind::shared, "g"}));
    EXPECT_EQ(constraintFrom(" Increasing Widths "), (Constraint{Kind::increasing, "w"}));
    EXPECT_EQ(constraintFrom("increasing_depths"), (Constraint{Kind::increasing, "d"}));
    EXPECT_EQ(constraintFrom("flops=360M:400M"), (Constraint{Kind::range, "flops", 360e6, 400e6}));
    EXPECT_EQ(constraintFrom("flops = 360MF : 400MF"), (Constraint{Kind::range, "flops", 360e6, 400e6}));
    EXPECT_EQ(constraintFrom("b=1:2"), (Constraint{Kind::range, "b", 1, 2}));
    EXPECT_EQ(constraintFrom("w_m=2"), (Constraint{Kind::range, "w_m", 2, 2}));
    EXPECT_EQ(constraintFrom("w_a = w_0"), (Constraint{Kind::equal, "w_a"}));
}

TEST(Constraint, refusesWhatItCannotRead)
{
    for (const char* text : {"", "shared", "shared w", "increasing b", "wide", "d=", "d=:", "d=a:b", "x=1:2", "d=1:2:3",
                             "d=-1:2", "w0=1:2", "w_0=w_m", "w_0=w_0", "d=nan", "flops=1e", "increasing"})
        EXPECT_THROW(constraintFrom(text), Error) << text;
}

TEST(Constraint, saysThatARangeIsEmpty)
{
    try {
        constraintFrom("d=20:10");
        FAIL();
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("low end is above"), std::string::npos) << e.what();
    }
}

TEST(Constraint, describesItselfInTheFieldsTerms)
{
    EXPECT_EQ(describe({Kind::shared, "b"}), "shared bottleneck ratio (b_i = b)");
    EXPECT_EQ(describe({Kind::increasing, "w"}), "increasing widths (w_i+1 >= w_i)");
    EXPECT_EQ(describe({Kind::range, "flops", 1.5e6, 2e6}), "1.5 M <= flops <= 2 M");
}
