// How far random search gets: the best of k models, in closed form.
#include "core/statistics/search.h"
#include "core/error.h"
#include "core/statistics/ranks.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

void checkSearch(const Edf& population, std::int64_t k)
{
    if (population.errors.empty())
        throw Error("There are no models with an error yet, so nothing can be said about a search. Train some first.");
    if (k < 1)
        throw Error("A random search tries at least one model.");
}

/// P(none of k drawn models is among the `rank` best of n).
double noneAmong(std::int64_t rank, int n, std::int64_t k)
{
    return std::pow(1 - static_cast<double>(rank) / n, static_cast<double>(k));
}

} // namespace

double expectedBest(const Edf& population, std::int64_t k)
{
    checkSearch(population, k);
    double sum = 0, before = 1;
    for (int i = 0; i < population.n() && before > 0; ++i) {
        const double after = noneAmong(i + 1, population.n(), k);
        sum += population.errors[static_cast<std::size_t>(i)] * (before - after);
        before = after;
    }
    return sum;
}

std::vector<SearchPoint> searchCurve(const Edf& population)
{
    constexpr int intervals = 100;
    checkSearch(population, 1);
    std::vector<SearchPoint> curve;
    for (int i = 0; i <= intervals; ++i) {
        const std::int64_t k = std::llround(std::pow(population.n(), static_cast<double>(i) / intervals));
        if (curve.empty() || k > curve.back().models)
            curve.push_back({k, expectedBest(population, k)});
    }
    return curve;
}

double probabilityOfBetterBest(const Edf& a, const Edf& b, std::int64_t k)
{
    checkSearch(a, k);
    checkSearch(b, k);
    double sum = 0, beforeA = 1, beforeB = 1;
    std::int64_t rankA = 0, rankB = 0;
    for (const Rank& rank : ranks(a.errors, b.errors)) {
        const double afterA = noneAmong(rankA += rank.a, a.n(), k), afterB = noneAmong(rankB += rank.b, b.n(), k);
        sum += (beforeA - afterA) * (beforeB + afterB) / 2; // B's best is later, or is this one: that counts half
        beforeA = afterA;
        beforeB = afterB;
    }
    return sum;
}

} // namespace spacewright
