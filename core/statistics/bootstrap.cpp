// The empirical bootstrap of the best model's parameter value, by resampling and in closed form.
#include "core/statistics/bootstrap.h"
#include "core/design/random.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace spacewright {
namespace {

/// Models in order of error; `groups[k]` .. `groups[k + 1]` are the ranks that share the k-th lowest error.
struct Ranking {
    std::vector<std::size_t> order;
    std::vector<std::size_t> groups;

    std::size_t size() const { return order.size(); }
};

Ranking ranked(const std::vector<double>& errors)
{
    if (errors.empty())
        throw Error("The best value of a parameter needs at least one model with an error. Train some first.");
    if (!allFinite(errors))
        throw Error("One of the errors is not a finite number. Leave that model out, or count it at chance level.");
    Ranking ranking;
    ranking.order.resize(errors.size());
    std::iota(ranking.order.begin(), ranking.order.end(), std::size_t{0});
    const auto lower = [&](std::size_t i, std::size_t j) { return errors[i] < errors[j]; };
    std::stable_sort(ranking.order.begin(), ranking.order.end(), lower);
    for (std::size_t rank = 0; rank < ranking.size(); ++rank)
        if (rank == 0 || lower(ranking.order[rank - 1], ranking.order[rank]))
            ranking.groups.push_back(rank);
    ranking.groups.push_back(ranking.size());
    return ranking;
}

std::size_t drawsOf(std::size_t n)
{
    return static_cast<std::size_t>(std::max(1L, std::lround(static_cast<double>(n) / 4)));
}

/// The smallest value up to which at least the share q of the weight lies, for q = 2.5 %, 50 % and 97.5 %.
/// `weights` belong to the models in order of error.
BestBand quantiles(const std::vector<double>& values, const Ranking& ranking, const std::vector<double>& weights)
{
    if (values.size() != ranking.size())
        throw Error("The best value of a parameter needs one value for each error.");
    if (!allFinite(values))
        throw Error("The value of a parameter is not a finite number. Leave that model out.");
    std::vector<std::pair<double, double>> row;
    double total = 0;
    for (std::size_t rank = 0; rank < weights.size(); ++rank) {
        total += weights[rank];
        if (weights[rank] > 0)
            row.emplace_back(values[ranking.order[rank]], weights[rank]);
    }
    std::sort(row.begin(), row.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    const auto at = [&](double share) {
        const double wanted = (share - 1e-12) * total; // a sum that should equal the share may be rounded below it
        double sum = 0;
        for (const auto& [value, weight] : row)
            if ((sum += weight) >= wanted)
                return value;
        return row.back().first;
    };
    return {at(0.025), at(0.5), at(0.975)};
}

/// How often each rank was the best of a resample.
std::vector<double> timesBest(const Ranking& ranking, int resamples, std::uint64_t seed)
{
    if (resamples < 1)
        throw Error("The bootstrap needs at least one resample.");
    const std::size_t draws = drawsOf(ranking.size());
    Random random(seed, 0);
    std::vector<double> times(ranking.size(), 0);
    for (int resample = 0; resample < resamples; ++resample) {
        // The lowest rank comes from the lowest random number, so only that one is turned into a rank.
        std::uint64_t lowest = random.bits();
        for (std::size_t draw = 1; draw < draws; ++draw)
            lowest = std::min(lowest, random.bits());
        const std::size_t best = Random::scaled(lowest, ranking.size());
        // Of models with equal errors any may have been drawn first.
        const auto end = std::upper_bound(ranking.groups.begin(), ranking.groups.end(), best);
        const std::size_t begin = *(end - 1);
        ++times[begin + random.below(*end - begin)];
    }
    return times;
}

} // namespace

BestBand bootstrapBand(const std::vector<double>& values, const std::vector<double>& errors, int resamples,
                       std::uint64_t seed)
{
    return bootstrapBands({values}, errors, resamples, seed).front();
}

std::vector<BestBand> bootstrapBands(const std::vector<std::vector<double>>& parameters,
                                     const std::vector<double>& errors, int resamples, std::uint64_t seed)
{
    const Ranking ranking = ranked(errors);
    const std::vector<double> times = timesBest(ranking, resamples, seed);
    std::vector<BestBand> bands;
    for (const std::vector<double>& values : parameters)
        bands.push_back(quantiles(values, ranking, times));
    return bands;
}

BestBand exactBand(const std::vector<double>& values, const std::vector<double>& errors)
{
    const Ranking ranking = ranked(errors);
    const double n = static_cast<double>(ranking.size());
    const double draws = static_cast<double>(drawsOf(ranking.size()));
    const auto noneBelow = [&](std::size_t rank) { return std::pow(1 - static_cast<double>(rank) / n, draws); };
    std::vector<double> weights;
    for (std::size_t k = 0; k + 1 < ranking.groups.size(); ++k) {
        const std::size_t begin = ranking.groups[k], end = ranking.groups[k + 1];
        const double share = (noneBelow(begin) - noneBelow(end)) / static_cast<double>(end - begin);
        weights.insert(weights.end(), end - begin, share);
    }
    return quantiles(values, ranking, weights);
}

} // namespace spacewright
