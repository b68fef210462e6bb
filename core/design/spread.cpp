// How far a parameter of a space reaches, and how its networks spread over that.
#include "core/design/spread.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace spacewright {

namespace {

constexpr double mostBins = 24;

bool isComplexity(const std::string& parameter)
{
    return parameter == "flops" || parameter == "params" || parameter == "acts";
}

/// "w" speaks of "w4" too.
bool speaksOf(const Constraint& c, const std::string& parameter)
{
    if (c.kind != Constraint::Kind::range)
        return false;
    const bool ofEveryStage = c.parameter == "w" || c.parameter == "b" || c.parameter == "g";
    return c.parameter == parameter || (ofEveryStage && parameter.size() == 2 && parameter[0] == c.parameter[0]);
}

const RecipeRange* recipeRange(const Space& space, const std::string& parameter)
{
    const auto& range = parameter == "rate" ? space.rate : space.weightDecay;
    return (parameter == "rate" || parameter == "weight_decay") && range ? &*range : nullptr;
}

bool isTotalDepth(const Space& space, const std::string& parameter)
{
    return parameter == "d" && space.family == Space::Family::anyNet && space.networks.empty();
}

double onAxis(const Bins& bins, double value)
{
    return bins.logarithmic ? std::log(value) : value;
}

/// Half way between two values, as the axis sees it.
double between(const Bins& bins, double a, double b)
{
    return bins.logarithmic ? std::sqrt(a * b) : (a + b) / 2;
}

/// Edges half way between values that follow each other, but for those that would make a bin too narrow to be seen.
std::vector<double> edgesAround(const Bins& bins)
{
    const std::vector<double>& v = bins.values;
    if (v.size() == 1)
        return bins.logarithmic ? std::vector{v[0] / 2, v[0] * 2} : std::vector{v[0] - 1, v[0] + 1};
    const auto mirrored = [&](double end, double inner) {
        const double edge = between(bins, end, inner);
        return bins.logarithmic ? end * end / edge : 2 * end - edge;
    };
    const double first = mirrored(v.front(), v[1]), last = mirrored(v.back(), v[v.size() - 2]);
    const double least = (onAxis(bins, last) - onAxis(bins, first)) / mostBins * (1 - 1e-9);
    std::vector<double> edges{first};
    for (std::size_t i = 1; i < v.size(); ++i) {
        const double edge = between(bins, v[i - 1], v[i]);
        if (onAxis(bins, edge) - onAxis(bins, edges.back()) >= least)
            edges.push_back(edge);
    }
    if (edges.size() > 1 && onAxis(bins, last) - onAxis(bins, edges.back()) < least)
        edges.pop_back();
    edges.push_back(last);
    return edges;
}

std::vector<double> evenEdges(const Bins& bins, double low, double high)
{
    if (!(low < high))
        return bins.logarithmic ? std::vector{low / 2, low * 2} : std::vector{low - 1, low + 1};
    std::vector<double> edges;
    for (int i = 0; i <= mostBins; ++i)
        edges.push_back(bins.logarithmic ? low * std::pow(high / low, i / mostBins)
                                         : low + (high - low) * i / mostBins);
    edges.back() = high;
    return edges;
}

std::vector<double> drawnValues(const std::vector<Sample>& drawn, const std::string& parameter)
{
    std::vector<double> values;
    for (const Sample& sample : drawn)
        for (const double value : parameterValues(sample, parameter))
            values.push_back(value);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

/// What can be drawn of a quantised parameter, within the space's limits.
std::vector<double> steps(const Space& space, const std::string& parameter, const std::vector<Sample>& drawn)
{
    std::vector<double> values;
    if (isTotalDepth(space, parameter)) {
        values.resize(static_cast<std::size_t>(space.stages * (space.depth.high - space.depth.low)) + 1);
        std::iota(values.begin(), values.end(), space.stages * space.depth.low);
    } else if (const Distribution* distribution = distributionOf(space, parameter)) {
        values = Table(*distribution).values();
    } else {
        values = drawnValues(drawn, parameter);
    }
    const Limits limits = limitsOf(space, parameter);
    std::erase_if(values, [&](double value) { return value < limits.low || value > limits.high; });
    return values;
}

} // namespace

const Distribution* distributionOf(const Space& space, const std::string& parameter)
{
    const bool regNet = space.family == Space::Family::regNet;
    if (!space.networks.empty() || isTotalDepth(space, parameter) || parameter.empty())
        return nullptr;
    const std::pair<const char*, const Distribution*> ofRegNet[] = {
        {"d", &space.depth},        {"w_0", &space.initialWidth},  {"w_a", &space.slope},
        {"w_m", &space.multiplier}, {"b", &space.bottleneckRatio}, {"g", &space.groupWidth}};
    for (const auto& [name, distribution] : ofRegNet)
        if (regNet && parameter == name)
            return distribution;
    if (regNet || parameter.find_first_not_of("0123456789", 1) != std::string::npos)
        return nullptr;
    switch (parameter[0]) {
    case 'd':
        return &space.depth;
    case 'w':
        return &space.width;
    case 'b':
        return &space.bottleneckRatio;
    case 'g':
        return &space.groupWidth;
    default:
        return nullptr;
    }
}

std::vector<std::string> limitableParameters(const Space& space)
{
    std::vector<std::string> names{"d"};
    const bool regNet = space.family == Space::Family::regNet;
    const std::vector<std::string> own =
        regNet ? std::vector<std::string>{"w_0", "w_a", "w_m"} : std::vector<std::string>{"w"};
    names.insert(names.end(), own.begin(), own.end());
    names.insert(names.end(), {"b", "g"});
    for (const char* ofStages : {"d", "w"})
        for (int stage = 1; stage <= space.stages && !regNet; ++stage)
            names.push_back(ofStages + std::to_string(stage));
    for (const char* ofRecipe : {"rate", "weight_decay"})
        if (recipeRange(space, ofRecipe))
            names.emplace_back(ofRecipe);
    names.insert(names.end(), {"flops", "params", "acts"});
    return names;
}

Limits limitsOf(const Space& space, const std::string& parameter)
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    Limits limits{-infinite, infinite};
    if (isTotalDepth(space, parameter))
        limits = {space.stages * space.depth.low, space.stages * space.depth.high};
    else if (const Distribution* distribution = distributionOf(space, parameter))
        limits = {distribution->low, distribution->high};
    else if (const RecipeRange* range = recipeRange(space, parameter))
        limits = {range->low, range->high};
    for (const Constraint& constraint : space.constraints)
        if (speaksOf(constraint, parameter)) {
            limits.low = std::max(limits.low, constraint.low);
            limits.high = std::min(limits.high, constraint.high);
        }
    return limits;
}

Bins binsOf(const Space& space, const std::string& parameter, const std::vector<Sample>& drawn)
{
    Bins bins;
    if (isComplexity(parameter) || recipeRange(space, parameter)) {
        bins.logarithmic = true;
        const std::vector<double> values = drawnValues(drawn, parameter);
        if (!values.empty())
            bins.edges = evenEdges(bins, values.front(), values.back());
        return bins;
    }
    const Distribution* distribution = distributionOf(space, parameter);
    bins.logarithmic = distribution && distribution->kind != Distribution::Kind::uniform;
    bins.values = steps(space, parameter, drawn);
    if (!bins.values.empty())
        bins.edges = edgesAround(bins);
    return bins;
}

std::vector<double> density(const Bins& bins, const std::vector<Sample>& samples, const std::string& parameter)
{
    if (bins.edges.size() < 2)
        return {};
    const std::size_t n = bins.edges.size() - 1;
    std::vector<double> result(n);
    double all = 0;
    for (const Sample& sample : samples)
        for (const double value : parameterValues(sample, parameter)) {
            const auto above = std::upper_bound(bins.edges.begin(), bins.edges.end(), value) - bins.edges.begin();
            ++result[static_cast<std::size_t>(
                std::clamp<std::ptrdiff_t>(above - 1, 0, static_cast<std::ptrdiff_t>(n) - 1))];
            ++all;
        }
    const double axis = onAxis(bins, bins.edges.back()) - onAxis(bins, bins.edges.front());
    for (std::size_t i = 0; i < n && all > 0; ++i)
        result[i] *= axis / (all * (onAxis(bins, bins.edges[i + 1]) - onAxis(bins, bins.edges[i])));
    return result;
}

} // namespace spacewright
