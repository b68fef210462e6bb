// The bands of best values against known answers, and resampling against the closed form.
#include "core/error.h"
#include "core/statistics/bootstrap.h"
#include "reference_data.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using nlohmann::json;

TEST(Bootstrap, closedFormAgreesWithTheKnownPopulation)
{
    const json metrics = referenceData("edf_expected.json")["boot"]["metrics"];
    const std::vector<double> errors = populationColumn("error");
    for (const auto& [name, expected] : metrics.items()) {
        const BestBand band = exactBand(populationColumn(name), errors);
        EXPECT_DOUBLE_EQ(band.low, expected["exact_lo_med_hi"][0]) << name;
        EXPECT_DOUBLE_EQ(band.best, expected["exact_lo_med_hi"][1]) << name;
        EXPECT_DOUBLE_EQ(band.high, expected["exact_lo_med_hi"][2]) << name;
    }
}

/// Share of the closed form's weight at values up to `value`, from the formula itself; errors must differ.
double exactShare(const std::vector<double>& values, const std::vector<double>& errors, double value)
{
    const double n = static_cast<double>(values.size()), draws = std::round(n / 4);
    double share = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] > value)
            continue;
        const double rank =
            static_cast<double>(std::count_if(errors.begin(), errors.end(), [&](double e) { return e < errors[i]; }));
        share += std::pow(1 - rank / n, draws) - std::pow(1 - (rank + 1) / n, draws);
    }
    return share;
}

/// Whether `value` is the q-quantile of the closed form up to the noise of 10^4 resamples (4.5 deviations).
void expectQuantile(double q, double value, const std::vector<double>& values, const std::vector<double>& errors)
{
    const double noise = 4.5 * std::sqrt(q * (1 - q) / 10000);
    EXPECT_GE(exactShare(values, errors, value), q - noise);
    EXPECT_LT(exactShare(values, errors, std::nextafter(value, -HUGE_VAL)), q + noise);
}

TEST(Bootstrap, resamplingAgreesWithTheClosedForm)
{
    // The first 40 errors of the file differ from each other, which keeps the formula above simple.
    std::vector<double> errors = populationColumn("error");
    errors.resize(40);
    for (const char* name : {"error", "depth", "w4", "params", "acts"}) {
        std::vector<double> values = populationColumn(name);
        values.resize(40);
        const BestBand band = bootstrapBand(values, errors);
        expectQuantile(0.025, band.low, values, errors);
        expectQuantile(0.5, band.best, values, errors);
        expectQuantile(0.975, band.high, values, errors);
    }
}

TEST(Bootstrap, resamplingAgreesWithNumpysResampling)
{
    // Where the closed form's weight is close to a quantile (params: 0.498 before its median) any seed may differ.
    const json metrics = referenceData("edf_expected.json")["boot"]["metrics"];
    for (const char* name : {"error", "depth", "flops", "w4"}) {
        const BestBand band = bootstrapBand(populationColumn(name), populationColumn("error"));
        EXPECT_DOUBLE_EQ(band.low, metrics[name]["lo_med_hi"][0]) << name;
        EXPECT_DOUBLE_EQ(band.best, metrics[name]["lo_med_hi"][1]) << name;
        EXPECT_DOUBLE_EQ(band.high, metrics[name]["lo_med_hi"][2]) << name;
    }
}

TEST(Bootstrap, severalParametersHaveTheBandsOfEachAlone)
{
    const std::vector<double> errors = populationColumn("error");
    const std::vector<std::vector<double>> parameters{populationColumn("depth"), populationColumn("w4"),
                                                      populationColumn("params")};
    const std::vector<BestBand> bands = bootstrapBands(parameters, errors, 2000, 5);
    ASSERT_EQ(bands.size(), 3u);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const BestBand alone = bootstrapBand(parameters[i], errors, 2000, 5);
        EXPECT_EQ(bands[i].low, alone.low);
        EXPECT_EQ(bands[i].best, alone.best);
        EXPECT_EQ(bands[i].high, alone.high);
    }
    EXPECT_TRUE(bootstrapBands({}, errors).empty());
}

TEST(Bootstrap, equalErrorsShareTheirWeight)
{
    std::vector<double> values;
    for (int i = 1; i <= 100; ++i)
        values.push_back(i);
    const std::vector<double> errors(100, 20.0);
    const BestBand exact = exactBand(values, errors);
    EXPECT_EQ(exact.low, 3); // of 100 equal weights the first three exceed 2.5 %
    EXPECT_EQ(exact.best, 50);
    EXPECT_EQ(exact.high, 98);
    const BestBand resampled = bootstrapBand(values, errors);
    EXPECT_NEAR(resampled.low, 3, 1);
    EXPECT_NEAR(resampled.best, 50, 3);
    EXPECT_NEAR(resampled.high, 98, 1);
}

TEST(Bootstrap, oneModelIsItsOwnBand)
{
    for (const BestBand& band : {exactBand({8}, {20}), bootstrapBand({8}, {20})}) {
        EXPECT_EQ(band.low, 8);
        EXPECT_EQ(band.best, 8);
        EXPECT_EQ(band.high, 8);
    }
}

TEST(Bootstrap, refusesWhatIsNoPopulation)
{
    EXPECT_THROW(exactBand({}, {}), Error);
    EXPECT_THROW(exactBand({1, 2}, {1}), Error);
    EXPECT_THROW(exactBand({1, 2}, {1, std::nan("")}), Error);
    EXPECT_THROW(bootstrapBand({1, HUGE_VAL}, {1, 2}), Error);
    EXPECT_THROW(bootstrapBand({1}, {1}, 0), Error);
    EXPECT_THROW(bootstrapBands({{1, 2}, {1}}, {1, 2}), Error);
}

} // namespace
} // namespace spacewright
