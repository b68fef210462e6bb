// Kolmogorov-Smirnov, Mann-Whitney and the difference of means between two populations of errors.
#include "core/statistics/comparison.h"
#include "core/design/random.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include "core/statistics/ranks.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace spacewright {
namespace {

constexpr int resamples = 10000;
constexpr std::int64_t largestExactProduct = 1000000; ///< of the two sizes; the exact p takes that many steps

/// The largest |i nB - j nA| where i of A and j of B are at most some value: nA nB times the KS statistic.
std::int64_t largestGap(const std::vector<Rank>& row, std::int64_t nA, std::int64_t nB)
{
    std::int64_t i = 0, j = 0, gap = 0;
    for (const Rank& rank : row) {
        i += rank.a;
        j += rank.b;
        gap = std::max(gap, std::abs(i * nB - j * nA));
    }
    return gap;
}

/// P(gap >= the observed one) when all orders of the pooled values are equally likely. A pooled order is a path from
/// (0, 0) to (nA, nB); its probability is followed step by step, and what first reaches the gap is collected. Values
/// that are tied are looked at together, so the test is exact with ties too.
double exactKsP(const std::vector<Rank>& row, std::int64_t nA, std::int64_t nB, std::int64_t gap)
{
    std::vector<bool> isEnd(static_cast<std::size_t>(nA + nB + 1), false);
    std::int64_t position = 0;
    for (const Rank& rank : row)
        isEnd[static_cast<std::size_t>(position += rank.a + rank.b)] = true;
    double p = 0;
    std::vector<double> mass(static_cast<std::size_t>(nB + 1), 0); // of the paths at (i, j), for the current i
    mass[0] = 1;
    for (std::int64_t i = 0; i <= nA; ++i) {
        double fromLeft = 0; // from (i, j - 1)
        for (std::int64_t j = 0; j <= nB; ++j) {
            double& here = mass[static_cast<std::size_t>(j)];
            here += fromLeft;
            if (isEnd[static_cast<std::size_t>(i + j)] && std::abs(i * nB - j * nA) >= gap) {
                p += here;
                here = 0;
            }
            const double left = static_cast<double>(nA - i + nB - j);
            fromLeft = left > 0 ? here * static_cast<double>(nB - j) / left : 0;
            here = left > 0 ? here * static_cast<double>(nA - i) / left : 0;
        }
    }
    return p;
}

/// Kolmogorov's limit with Stephens' correction for finite sizes (Stephens 1970).
double asymptoticKsP(double statistic, double nA, double nB)
{
    const double root = std::sqrt(nA * nB / (nA + nB));
    const double lambda = (root + 0.12 + 0.11 / root) * statistic;
    if (lambda < 0.2)
        return 1; // the series converges slowly there, and differs from 1 by less than 1e-12
    double p = 0;
    for (int k = 1; k <= 100; ++k)
        p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
    return std::clamp(p, 0.0, 1.0);
}

double mean(const std::vector<double>& x)
{
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double resampledMean(const std::vector<double>& x, Random& random)
{
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        sum += x[random.below(x.size())];
    return sum / static_cast<double>(x.size());
}

/// "about 43" would promise too much: up to the next multiple of 5, and of 50 from 200 on.
int aboutAsMany(int n)
{
    const int step = n < 20 ? 1 : n < 200 ? 5 : 50;
    return (n + step - 1) / step * step;
}

std::string whatDecides(const Comparison& c, const std::string& nameA, const std::string& nameB)
{
    const int needed = c.needed ? c.needed->perSpace : 0;
    const int moreA = aboutAsMany(std::max(0, needed - c.testedA));
    const int moreB = aboutAsMany(std::max(0, needed - c.testedB));
    if (moreA == 0 && moreB == 0)
        return "more models would tell";
    if (c.needed->isLimit)
        return "more than " + std::to_string(needed) + " models each would be needed";
    if (moreA == moreB)
        return "about " + std::to_string(moreA) + " more models each would decide";
    if (moreA > 0 && moreB > 0)
        return "about " + std::to_string(moreA) + " more models of " + nameA + " and " + std::to_string(moreB) +
               " of " + nameB + " would decide";
    return "about " + std::to_string(std::max(moreA, moreB)) + " more models of " + (moreA > 0 ? nameA : nameB) +
           " would decide";
}

std::string text(const char* format, double x)
{
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, format, x);
    return buffer;
}

} // namespace

void checkErrors(const std::vector<double>& errors)
{
    if (errors.empty())
        throw Error("One of the two populations has no model with an error yet. Train some first.");
    if (!allFinite(errors))
        throw Error("One of the errors is not a finite number. Leave that model out, or count it at chance level.");
}

Comparison compare(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed)
{
    checkErrors(a);
    checkErrors(b);
    const auto nA = static_cast<std::int64_t>(a.size()), nB = static_cast<std::int64_t>(b.size());
    const double sizeA = static_cast<double>(nA), sizeB = static_cast<double>(nB);
    const std::vector<Rank> row = ranks(a, b);
    Comparison result;
    result.nA = result.testedA = static_cast<int>(nA);
    result.nB = result.testedB = static_cast<int>(nB);

    const std::int64_t gap = largestGap(row, nA, nB);
    result.ks = static_cast<double>(gap) / (sizeA * sizeB);
    result.ksP = nA * nB <= largestExactProduct ? exactKsP(row, nA, nB, gap) : asymptoticKsP(result.ks, sizeA, sizeB);
    const MannWhitney test = mannWhitney(row);
    result.mannWhitneyP = test.p;
    result.effect = test.effect;

    result.meanDifference = mean(a) - mean(b);
    Random random(seed, 0);
    std::vector<double> differences;
    for (int i = 0; i < resamples; ++i) {
        const double meanA = resampledMean(a, random);
        differences.push_back(meanA - resampledMean(b, random));
    }
    std::sort(differences.begin(), differences.end());
    result.meanLow = differences[resamples * 25 / 1000];
    result.meanHigh = differences[resamples * 975 / 1000 - 1];
    if (!decided(result) && std::min(a.size(), b.size()) >= leastForPower)
        result.needed = modelsNeeded(a, b, seed);
    return result;
}

bool decided(const Comparison& c)
{
    const bool meanDecides = c.meanLow > 0 || c.meanHigh < 0;
    return meanDecides && c.mannWhitneyP < 0.05 && (c.meanDifference < 0) == (c.effect > 0.5);
}

std::string verdict(const Comparison& c, const std::string& nameA, const std::string& nameB)
{
    // The sentence speaks of the better one, so the signs turn when that is A.
    const bool aIsBetter = c.meanDifference < 0;
    const double low = aIsBetter ? -c.meanHigh : c.meanLow, high = aIsBetter ? -c.meanLow : c.meanHigh;
    const std::string& better = aIsBetter ? nameA : nameB;
    const std::string& other = aIsBetter ? nameB : nameA;
    const std::string numbers = text("%.1f", std::abs(c.meanDifference)) + " points lower, 95 % interval " +
                                text("%.1f", low) + " to " + text("%.1f", high) + "; " +
                                std::to_string(aIsBetter ? c.nA : c.nB) + " and " +
                                std::to_string(aIsBetter ? c.nB : c.nA) + " models" +
                                (c.shared > 0 ? ", " + std::to_string(c.shared) + " of them in both" : "");
    if (decided(c))
        return better + " is better than " + other + " (mean " + numbers + ")";
    return "Not decided yet between " + better + " and " + other + ": the mean of " + better + " is " + numbers + "; " +
           whatDecides(c, nameA, nameB);
}

} // namespace spacewright
