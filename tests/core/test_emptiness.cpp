// Empty spaces: which constraint does it, and the nearest that would not, ready to be typed.
#include "core/design/sampler.h"
#include "core/error.h"
#include <gtest/gtest.h>
#include <regex>

using namespace spacewright;

namespace {

struct Row {
    const char* space;
    std::vector<std::string> constraints;
    const char* named;   ///< as a person reads it
    std::string nearest; ///< in place of the named one; empty: not known exactly
};

Space narrowed(const Row& row)
{
    Space space = namedSpace(row.space);
    for (const std::string& text : row.constraints)
        space = constrained(space, constraintFrom(text));
    return space;
}

std::string sentence(const Space& space)
{
    try {
        draw(space, 1, 1);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST(Emptiness, namesTheConstraintAndTheNearestThatLeavesSomething)
{
    const Row rows[] = {
        {"AnyNetX_D", {"w1=600:", "w4=:100"}, "\"w4 <= 100\"", "w4=:600"},
        {"AnyNetX_E", {"d1=9:", "d4=:3"}, "\"d4 <= 3\"", "d4=:9"},
        {"AnyNetX_A", {"b=3"}, "\"b = 3\"", "b=3:4"},
        {"AnyNetX_C", {"g=33:"}, "\"33 <= g\"", "g=32:"},
        {"AnyNetX_A", {"w=2000:"}, "\"2 k <= w\"", "w=1024:"},
        {"AnyNetX_B", {"b=1", "b2=2"}, "\"b2 = 2\"", "b2=1:2"},
        {"AnyNetX_A", {"d=200:300"}, "\"200 <= d <= 300\"", ""},
        {"AnyNetX_D", {"flops=1:2"}, "\"1 <= flops <= 2\"", ""},
        {"AnyNetX_C", {"flops=360M:400M", "acts=:10k"}, "\"acts <= 10 k\"", ""},
        {"RegNetX", {"w_m=4:5"}, "\"4 <= w_m <= 5\"", "w_m=3:5"},
        {"RegNetX", {"d=:3"}, "\"d <= 3\"", "d=:4"},
        {"RegNetX", {"w1=1000:"}, "\"1 k <= w1\"", ""},
        {"RegNetX-pycls", {"b=2"}, "\"b = 2\"", "b=1:2"},
        {"ResNet-50", {"params=:1M"}, "\"params <= 1 M\"", "params=:25557032"},
    };
    for (const Row& row : rows) {
        const std::string text = sentence(narrowed(row));
        EXPECT_NE(text.find(row.named + std::string(" leaves nothing")), std::string::npos) << text;
        std::smatch match;
        ASSERT_TRUE(std::regex_search(text, match, std::regex("nearest found that leaves something is \"([^\"]+)\"")))
            << text;
        if (!row.nearest.empty()) {
            EXPECT_EQ(match[1], row.nearest) << text;
        }
        // What it proposes can be typed, and helps.
        Row mended = row;
        mended.constraints.back() = match[1];
        EXPECT_EQ(sentence(narrowed(mended)), "");
    }
}

TEST(Emptiness, tellsWhatElseWouldHelp)
{
    const std::string text = sentence(narrowed({"AnyNetX_D", {"w1=600:", "w4=:100"}, "", ""}));
    EXPECT_NE(text.find("leaving out \"increasing w\""), std::string::npos) << text;
    EXPECT_NE(text.find("\"w1=96:\" in place of \"w1=600:\""), std::string::npos) << text;
}

TEST(Emptiness, namesTheFirstOfSeveralThatNoSingleChangeMends)
{
    const std::string text = sentence(narrowed({"AnyNetX_A", {"b=3", "g=7"}, "", ""}));
    EXPECT_NE(text.find("\"b = 3\" leaves nothing. "), std::string::npos) << text;
}

TEST(Emptiness, ofEqualInitialWidthAndSlopeIsNamed)
{
    Space space = constrained(namedSpace("RegNetX"), constraintFrom("w_0=w_a"));
    space.slope = {Distribution::Kind::uniform, 1, 7, 1};
    const std::string text = sentence(space);
    EXPECT_NE(text.find("(w_0 = w_a)\" leaves nothing. Leave it out."), std::string::npos) << text;
}

TEST(Emptiness, ofRangesThatMakeNoStagesIsSaid)
{
    Space space = namedSpace("RegNetX");
    space.depth = {Distribution::Kind::uniform, 1, 3, 1};
    EXPECT_NE(sentence(space).find("give no network of 4 stages"), std::string::npos) << sentence(space);
}
