// The closest RegNet: exact for RegNets, and never behind a plain search of a grid.
#include "core/design/sampler.h"
#include "core/error.h"
#include "core/network/regnet.h"
#include "core/statistics/linear_fit.h"
#include <gtest/gtest.h>
#include <cmath>

namespace spacewright {
namespace {

double logRatio(const std::vector<int>& predicted, const std::vector<int>& observed)
{
    double sum = 0;
    for (std::size_t j = 0; j < observed.size(); ++j)
        sum += std::abs(std::log(static_cast<double>(predicted[j]) / observed[j]));
    return sum / static_cast<double>(observed.size());
}

TEST(LinearFit, recoversEveryRegNetExactly)
{
    for (const char* name : {"RegNetX", "RegNetX-pycls"})
        for (const Sample& sample : draw(namedSpace(name), 7, 150).samples) {
            const std::vector<int> widths = regNetWidths(*sample.regNet).perBlock;
            const LinearFit fit = linearFit(widths);
            EXPECT_EQ(fit.error, 0) << name << " " << sample.index;
            EXPECT_EQ(fit.perBlock, widths) << name << " " << sample.index;
            EXPECT_EQ(fit.parameters.depth, sample.regNet->depth);
            EXPECT_EQ(fit.parameters.initialWidth, sample.regNet->initialWidth);
        }
}

TEST(LinearFit, recoversThePublishedRegNets)
{
    const RegNetParameters published[]{{13, 24, 36.44, 2.49},
                                       {22, 24, 24.48, 2.54},
                                       {25, 88, 26.31, 2.25},
                                       {25, 168, 73.36, 2.37},
                                       {23, 320, 69.86, 2.0}};
    for (const RegNetParameters& p : published)
        EXPECT_EQ(linearFit(regNetWidths(p).perBlock).error, 0) << "d " << p.depth << ", w_0 " << p.initialWidth;
}

/// The lowest e_fit on a plain grid: w_0 up to 96, w_m in steps of 0.1, w_a in steps of 1.
double plainSearch(const std::vector<int>& widths)
{
    double best = HUGE_VAL;
    RegNetParameters p;
    p.depth = static_cast<int>(widths.size());
    for (p.initialWidth = 8; p.initialWidth <= 96; p.initialWidth += 8)
        for (int multiplier = 15; multiplier <= 30; ++multiplier)
            for (p.slope = 0; p.slope <= 100; ++p.slope) {
                p.multiplier = multiplier / 10.0;
                best = std::min(best, logRatio(regNetWidths(p).perBlock, widths));
            }
    return best;
}

TEST(LinearFit, isNeverBehindAPlainSearch)
{
    const std::vector<int> networks[]{
        {24, 24, 24, 40, 40, 200},   {96, 64, 64, 32, 32, 8},  {16, 16, 16, 16, 400, 400},   {32, 96, 32, 96, 32, 96},
        {8, 88, 88, 88, 88, 96, 96}, {21, 33, 47, 61, 75, 93}, {48, 48, 48, 48, 48, 48, 56}, {400, 8, 8, 8, 8, 8}};
    for (const std::vector<int>& widths : networks) {
        const LinearFit fit = linearFit(widths);
        EXPECT_LE(fit.error, plainSearch(widths) + 1e-9) << widths[0] << " ...";
        EXPECT_DOUBLE_EQ(fit.error, logRatio(fit.perBlock, widths));
        EXPECT_EQ(fit.perBlock, regNetWidths(fit.parameters).perBlock);
    }
}

TEST(LinearFit, aRegNetIsCloserToIncreasingWidthsThanToAnyOthers)
{
    const auto meanError = [](const char* space) {
        double sum = 0;
        for (const Sample& sample : draw(namedSpace(space), 3, 40).samples)
            sum += linearFit(widthPerBlock(sample.network)).error / 40;
        return sum;
    };
    EXPECT_LT(meanError("AnyNetX_E"), 0.7 * meanError("AnyNetX_A"));
}

TEST(LinearFit, takesOneBlockAndOneWidth)
{
    const LinearFit one = linearFit({24});
    EXPECT_EQ(one.error, 0);
    EXPECT_EQ(one.perBlock, std::vector<int>{24});
    EXPECT_EQ(linearFit({64, 64, 64}).error, 0);
    EXPECT_NEAR(linearFit({1}).error, std::log(8), 1e-12) << "8 is the narrowest RegNet";
}

TEST(LinearFit, refusesWhatIsNoNetwork)
{
    EXPECT_THROW(linearFit({}), Error);
    EXPECT_THROW(linearFit({24, 0}), Error);
    EXPECT_THROW(linearFit({24, -8}), Error);
    EXPECT_THROW(linearFit(std::vector<int>(1001, 8)), Error);
}

} // namespace
} // namespace spacewright
