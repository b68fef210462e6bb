// Agreement of two regimes: networks paired, tau resampled.
#include "core/statistics/agreement.h"
#include "core/design/random.h"
#include "core/error.h"
#include "core/statistics/kendall.h"
#include <algorithm>

namespace spacewright {
namespace {

constexpr int resamples = 10000;

/// The networks that both studies have, and which space holds which of them.
struct Pairs {
    std::vector<double> a, b;                      ///< errors, percent
    std::vector<std::vector<std::size_t>> members; ///< of each space, places in the lists
};

bool sameNetwork(const Sample& x, const Sample& y)
{
    const Network &a = x.network, &b = y.network;
    return a.block == b.block && a.activation == b.activation && a.seRatio == b.seRatio && a.stages == b.stages &&
           x.rate == y.rate && x.weightDecay == y.weightDecay;
}

bool hasOrder(const std::vector<double>& x)
{
    return std::any_of(x.begin(), x.end(), [&](double value) { return value != x.front(); });
}

/// `resample` makes one tau, or none when a resample has no order.
template <class Resample>
Tau interval(double value, Resample resample)
{
    std::vector<double> taus;
    for (int i = 0; i < resamples; ++i)
        if (const std::optional<double> tau = resample())
            taus.push_back(*tau);
    std::sort(taus.begin(), taus.end());
    Tau result{value, -1, 1};
    if (!taus.empty()) {
        result.low = taus[taus.size() * 25 / 1000];
        result.high = taus[(taus.size() * 975 + 999) / 1000 - 1];
    }
    return result;
}

std::optional<double> tauOf(const std::vector<double>& x, const std::vector<double>& y)
{
    return hasOrder(x) && hasOrder(y) ? std::optional(kendallTau(x, y)) : std::nullopt;
}

/// Means over each space's networks, each taken `times`; none when a space got no network.
std::optional<double> tauOfMeans(const Pairs& pairs, const std::vector<int>& times)
{
    std::vector<double> meansA, meansB;
    for (const std::vector<std::size_t>& members : pairs.members) {
        double a = 0, b = 0;
        int n = 0;
        for (const std::size_t i : members) {
            a += times[i] * pairs.a[i];
            b += times[i] * pairs.b[i];
            n += times[i];
        }
        if (n == 0)
            return std::nullopt;
        meansA.push_back(a / n);
        meansB.push_back(b / n);
    }
    return tauOf(meansA, meansB);
}

std::optional<Tau> agreementOfMeans(const Pairs& pairs, std::uint64_t seed)
{
    const std::size_t n = pairs.a.size();
    if (pairs.members.size() < 2)
        return std::nullopt;
    const std::optional<double> value = tauOfMeans(pairs, std::vector<int>(n, 1));
    if (!value)
        return std::nullopt;
    Random random(seed, 1);
    return interval(*value, [&] {
        std::vector<int> times(n, 0);
        for (std::size_t i = 0; i < n; ++i)
            ++times[random.below(n)];
        return tauOfMeans(pairs, times);
    });
}

std::vector<double> at(const std::vector<double>& values, const std::vector<std::size_t>& places)
{
    std::vector<double> result;
    for (const std::size_t place : places)
        result.push_back(values[place]);
    return result;
}

double meanOf(const std::vector<double>& values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

/// Adds the networks of one space that both studies have; how many.
std::size_t pair(const Population& a, const Population& b, Pairs& pairs, std::map<ModelId, std::size_t>& known)
{
    std::vector<std::size_t> members;
    for (const Model& model : a.counted) {
        const auto other = std::find_if(b.counted.begin(), b.counted.end(), [&](const Model& candidate) {
            return sameNetwork(model.sample, candidate.sample);
        });
        if (other == b.counted.end())
            continue;
        const auto [place, isNew] = known.emplace(model.id, pairs.a.size());
        if (isNew) {
            pairs.a.push_back(*model.error);
            pairs.b.push_back(*other->error);
        }
        members.push_back(place->second);
    }
    if (!members.empty())
        pairs.members.push_back(members);
    return members.size();
}

} // namespace

std::optional<Tau> rankAgreement(const std::vector<double>& x, const std::vector<double>& y, std::uint64_t seed)
{
    if (x.size() != y.size())
        throw Error("Rank agreement needs one value of each network in both regimes.");
    if (static_cast<int>(x.size()) < leastForAgreement || !hasOrder(x) || !hasOrder(y))
        return std::nullopt;
    const double value = kendallTau(x, y);
    Random random(seed, 0);
    std::vector<double> drawnX(x.size()), drawnY(x.size());
    return interval(value, [&] {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t k = random.below(x.size());
            drawnX[i] = x[k];
            drawnY[i] = y[k];
        }
        return tauOf(drawnX, drawnY);
    });
}

RegimeAgreement agreement(const StudyView& a, const StudyView& b, std::uint64_t seed)
{
    RegimeAgreement result;
    Pairs pairs;
    std::map<ModelId, std::size_t> known;
    for (const Population& here : a.populations)
        for (const Population& there : b.populations) {
            if (here.space.space.name != there.space.space.name || pair(here, there, pairs, known) == 0)
                continue;
            const std::vector<double> x = at(pairs.a, pairs.members.back()), y = at(pairs.b, pairs.members.back());
            result.spaces.push_back(
                {here.space.space.name, static_cast<int>(x.size()), meanOf(x), meanOf(y), rankAgreement(x, y, seed)});
        }
    if (result.spaces.empty())
        throw Error(a.path.string() + " and " + b.path.string() +
                    " have no network with an error in common, in a space of the same name. Train the same networks "
                    "in both; `spacewright-cli retrain` makes such a study.");
    result.networks = static_cast<int>(pairs.a.size());
    result.tau = rankAgreement(pairs.a, pairs.b, seed);
    result.means = agreementOfMeans(pairs, seed);
    return result;
}

} // namespace spacewright
