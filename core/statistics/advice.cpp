// Refinement advice: every single constraint judged on the models already trained.
#include "core/statistics/advice.h"
#include "core/counted.h"
#include "core/error.h"
#include "core/statistics/ranks.h"
#include "core/statistics/several.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <tuple>

namespace spacewright {
namespace {

using Kind = Constraint::Kind;

/// Errors of the models that fulfil a constraint, and of the others.
struct Sides {
    std::vector<double> inside, outside;
};

Sides sides(const ModelList& models, const Constraint& constraint)
{
    Sides result;
    for (const Model& model : models)
        (fulfils(model.sample, constraint) ? result.inside : result.outside).push_back(*model.error);
    return result;
}

/// The half below or above the median of a parameter that each model has once, whichever wins more often.
void addBetterHalf(std::vector<Constraint>& found, const ModelList& models, const std::string& parameter)
{
    std::vector<double> values;
    for (const Model& model : models)
        if (const std::optional<double> value = parameterValue(model.sample, parameter))
            values.push_back(*value);
    if (values.size() < models.size())
        return;
    std::sort(values.begin(), values.end());
    auto cut = std::lower_bound(values.begin(), values.end(), values[values.size() / 2]);
    if (cut == values.begin())
        cut = std::upper_bound(values.begin(), values.end(), values.front());
    if (cut == values.end())
        return; // all are equal
    Constraint upper{.kind = Kind::range, .parameter = parameter}, lower = upper;
    upper.low = *cut;
    lower.high = *std::prev(cut);
    const Sides split = sides(models, upper);
    found.push_back(mannWhitney(ranks(split.inside, split.outside)).effect > 0.5 ? upper : lower);
}

/// Ranges that hold for every stage's b or g: from below and from above, at each value of the space when there are
/// few, else at the median.
void addStageRanges(std::vector<Constraint>& found, const ModelList& models, const std::string& parameter,
                    const Distribution& distribution)
{
    constexpr std::size_t few = 4;
    const Table table(distribution);
    std::vector<double> values; // narrow stages are built with others too, which the space does not know
    for (const Model& model : models)
        for (std::size_t stage = 1; stage <= model.sample.network.stages.size(); ++stage)
            values.push_back(*parameterValue(model.sample, parameter + std::to_string(stage)));
    std::erase_if(values, [&](double value) { return table.probability(value) == 0; });
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    const double median = values[(values.size() - 1) / 2];
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        if (values.size() > few && values[i] != std::min(median, values[values.size() - 2]))
            continue;
        Constraint lower{.kind = Kind::range, .parameter = parameter}, upper = lower;
        lower.high = values[i];
        upper.low = values[i + 1];
        found.push_back(lower);
        found.push_back(upper);
    }
}

std::vector<Constraint> candidates(const Space& space, const ModelList& models)
{
    std::vector<Constraint> found;
    std::vector<std::string> halves{"d"};
    if (space.family == Space::Family::anyNet) {
        found = {{Kind::shared, "b"}, {Kind::shared, "g"}, {Kind::increasing, "w"}};
        for (int stage = 1; stage <= space.stages; ++stage)
            halves.push_back("w" + std::to_string(stage));
    } else if (space.family == Space::Family::regNet) {
        found = {{Kind::range, "w_m", 2, 2}, {Kind::equal, "w_a"}};
        halves.insert(halves.end(), {"w_0", "w_a", "w_m"});
    }
    found.push_back({Kind::increasing, "d"});
    addStageRanges(found, models, "b", space.bottleneckRatio);
    addStageRanges(found, models, "g", space.groupWidth);
    for (const std::string& parameter : halves)
        addBetterHalf(found, models, parameter);
    return found;
}

AdviceVerdict judged(const Comparison& alone, double adjustedP)
{
    Comparison corrected = alone;
    corrected.mannWhitneyP = adjustedP;
    if (decided(corrected))
        return corrected.meanDifference < 0 ? AdviceVerdict::better : AdviceVerdict::worse;
    const bool ranksSpeakAgainst = alone.mannWhitneyP < 0.05 && alone.effect < 0.5;
    return alone.meanLow > 0 || ranksSpeakAgainst ? AdviceVerdict::possiblyWorse : AdviceVerdict::undecided;
}

/// The p of all judged constraints are corrected together: each is a question asked of the same models.
void correct(std::vector<Advice>& list)
{
    std::vector<double> p;
    for (const Advice& advice : list)
        if (advice.comparison)
            p.push_back(advice.comparison->mannWhitneyP);
    const std::vector<double> adjusted = holm(p);
    auto next = adjusted.begin();
    for (Advice& advice : list)
        if (advice.comparison) {
            advice.adjustedP = *next++;
            advice.verdict = judged(*advice.comparison, advice.adjustedP);
        }
}

bool isNoWorse(const Advice& advice)
{
    return advice.verdict == AdviceVerdict::better || advice.verdict == AdviceVerdict::undecided;
}

auto orderOf(const Advice& a)
{
    return std::tuple(isNoWorse(a) ? AdviceVerdict::better : a.verdict, -a.dimensionsRemoved, -a.log10SizeRemoved,
                      a.models);
}

std::string numbers(const Advice& advice)
{
    const Comparison& c = *advice.comparison;
    char text[160];
    std::snprintf(text, sizeof text, "mean %.1f points %s than the rest, 95 %% interval of the difference %.1f to %.1f",
                  std::abs(c.meanDifference), c.meanDifference < 0 ? "lower" : "higher", c.meanLow, c.meanHigh);
    return text;
}

std::string removal(const Advice& advice)
{
    if (advice.dimensionsRemoved > 0)
        return "removes " + counted(advice.dimensionsRemoved, "dimension");
    return "removes no dimension but part of the space";
}

} // namespace

std::string toText(AdviceVerdict verdict)
{
    switch (verdict) {
    case AdviceVerdict::better:
        return "better";
    case AdviceVerdict::undecided:
        return "not decided";
    case AdviceVerdict::possiblyWorse:
        return "possibly worse";
    case AdviceVerdict::worse:
        return "worse";
    case AdviceVerdict::tooFew:
        return "too few to say";
    }
    throw Error("This value is no verdict.");
}

std::vector<Advice> advise(const Population& population, std::uint64_t seed)
{
    const Space& space = population.space.space;
    const ModelList& models = population.counted;
    if (models.empty())
        throw Error("No model of " + space.name + " has an error yet, so nothing can be advised. Train some first.");
    std::vector<Advice> list;
    for (const Constraint& constraint : candidates(space, models)) {
        const Sides split = sides(models, constraint);
        if (split.outside.empty())
            continue; // all fulfil it: it narrows nothing that was seen
        const Space narrowed = constrained(space, constraint);
        Advice advice;
        advice.constraint = constraint;
        advice.models = static_cast<int>(split.inside.size());
        advice.dimensionsRemoved = dimensions(space) - dimensions(narrowed);
        advice.log10SizeRemoved = log10Size(space) - log10Size(narrowed);
        if (!split.inside.empty())
            advice.edf = edf(split.inside);
        if (std::min(split.inside.size(), split.outside.size()) >= leastForAdvice)
            advice.comparison = compare(split.inside, split.outside, seed);
        list.push_back(std::move(advice));
    }
    correct(list);
    std::stable_sort(list.begin(), list.end(),
                     [](const Advice& a, const Advice& b) { return orderOf(a) < orderOf(b); });
    return list;
}

const Advice* recommended(const std::vector<Advice>& list)
{
    const auto better =
        std::find_if(list.begin(), list.end(), [](const Advice& a) { return a.verdict == AdviceVerdict::better; });
    if (better != list.end())
        return &*better;
    return !list.empty() && isNoWorse(list.front()) ? &list.front() : nullptr;
}

std::string recommendation(const std::vector<Advice>& list, const Population& population)
{
    const std::string& name = population.space.space.name;
    const std::string all = std::to_string(population.counted.size());
    if (const Advice* best = recommended(list)) {
        if (best->verdict == AdviceVerdict::better)
            return "Narrow " + name + " by \"" + toText(best->constraint) + "\": it " + removal(*best) + ", and the " +
                   std::to_string(best->models) + " of " + all + " models that fulfil it are better (" +
                   numbers(*best) + "); confirm it with models drawn from the narrowed space.";
        return "Nothing is shown to improve " + name + " yet; \"" + toText(best->constraint) + "\" " + removal(*best) +
               " and is not shown to be worse (" + std::to_string(best->models) + " of " + all + " models fulfil it; " +
               numbers(*best) + "): draw models from it to find out.";
    }
    if (!list.empty() && list.front().verdict == AdviceVerdict::tooFew)
        return "There are too few models of " + name + " to advise: a constraint is judged once " +
               std::to_string(leastForAdvice) + " models fulfil it and " + std::to_string(leastForAdvice) +
               " do not; " + all + " have an error so far.";
    return "No single constraint narrows " + name + " without making it worse, as far as its " + all + " models show.";
}

} // namespace spacewright
