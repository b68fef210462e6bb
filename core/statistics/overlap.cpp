// Comparison of populations that share models.
#include "core/statistics/overlap.h"
#include "core/design/random.h"
#include <algorithm>

namespace spacewright {
namespace {

constexpr int resamples = 10000;

std::vector<double> joined(std::vector<double> first, const std::vector<double>& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// mean(A) - mean(B) over the models at these places of onlyA, shared, onlyB in a row; none when one has no model.
template <class Place>
std::optional<double> meanDifference(const Overlap& o, std::size_t count, Place place)
{
    const std::size_t endA = o.onlyA.size(), endShared = endA + o.shared.size();
    double sumA = 0, sumB = 0;
    int nA = 0, nB = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t k = place(i);
        const double error = k < endA ? o.onlyA[k] : k < endShared ? o.shared[k - endA] : o.onlyB[k - endShared];
        if (k < endShared) {
            sumA += error;
            ++nA;
        }
        if (k >= endA) {
            sumB += error;
            ++nB;
        }
    }
    return nA && nB ? std::optional(sumA / nA - sumB / nB) : std::nullopt;
}

void compareMeans(Comparison& result, const Overlap& o, std::uint64_t seed)
{
    const std::size_t all = o.onlyA.size() + o.shared.size() + o.onlyB.size();
    result.meanDifference = *meanDifference(o, all, [](std::size_t i) { return i; });
    Random random(seed, 0);
    std::vector<double> differences;
    while (differences.size() < resamples)
        if (const auto difference = meanDifference(o, all, [&](std::size_t) { return random.below(all); }))
            differences.push_back(*difference);
    std::sort(differences.begin(), differences.end());
    result.meanLow = differences[resamples * 25 / 1000];
    result.meanHigh = differences[resamples * 975 / 1000 - 1];
}

std::string tested(int n, int all, const std::string& name, const std::string& other)
{
    return "the " + std::to_string(n) + " of " + name + (n < all ? " that are not in " + other : "");
}

} // namespace

Overlap overlap(const Population& a, const Population& b)
{
    const auto has = [](const Population& population, const Model& model) {
        return std::binary_search(population.counted.begin(), population.counted.end(), model,
                                  [](const Model& x, const Model& y) { return x.id < y.id; });
    };
    const auto descends = [](const Population& from, const Population& ancestor) {
        const auto& all = from.ancestors;
        return std::find(all.begin(), all.end(), ancestor.space.id) != all.end();
    };
    Overlap result;
    for (const Model& model : a.counted)
        (has(b, model) ? result.shared : result.onlyA).push_back(*model.error);
    for (const Model& model : b.counted)
        if (!has(a, model))
            result.onlyB.push_back(*model.error);
    if (descends(a, b))
        result.keeper = Overlap::Keeper::a;
    else if (descends(b, a))
        result.keeper = Overlap::Keeper::b;
    return result;
}

Comparison compare(const Overlap& o, std::uint64_t seed)
{
    if (o.shared.empty())
        return compare(o.onlyA, o.onlyB, seed);
    checkErrors(o.shared);
    const std::vector<double> a = o.keeper == Overlap::Keeper::a ? joined(o.onlyA, o.shared) : o.onlyA;
    const std::vector<double> b = o.keeper == Overlap::Keeper::b ? joined(o.onlyB, o.shared) : o.onlyB;
    Comparison result; // when a side has nothing of its own, no test speaks
    if (!a.empty() && !b.empty())
        result = compare(a, b, seed);
    result.nA = static_cast<int>(o.onlyA.size() + o.shared.size());
    result.nB = static_cast<int>(o.onlyB.size() + o.shared.size());
    result.shared = static_cast<int>(o.shared.size());
    compareMeans(result, o, seed);
    if (decided(result))
        result.needed.reset();
    else if (!result.needed && std::min(a.size(), b.size()) >= leastForPower)
        result.needed = modelsNeeded(a, b, seed);
    return result;
}

std::string sharedText(const Comparison& c, const std::string& nameA, const std::string& nameB)
{
    if (c.shared == 0)
        return {};
    const std::string means = " The interval of the mean difference resamples all " +
                              std::to_string(c.nA + c.nB - c.shared) + " models, the shared ones for both at once.";
    const std::string both = std::to_string(c.shared) + (c.shared == 1 ? " model belongs" : " models belong") +
                             " to both " + nameA + " and " + nameB + ". ";
    if (c.testedA == 0 || c.testedB == 0)
        return both + "One of them has no others, so the tests say nothing." + means;
    return both + "The tests compare " + tested(c.testedA, c.nA, nameA, nameB) + " with " +
           tested(c.testedB, c.nB, nameB, nameA) + ", which are independent." + means;
}

} // namespace spacewright
