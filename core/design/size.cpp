// The size of a space: free dimensions, the paper's count, and the exact count.
#include "core/design/recipe_draw.h"
#include <algorithm>
#include <cmath>
#include <map>

namespace spacewright {

namespace {

using Kind = Constraint::Kind;

bool has(const Space& s, Kind kind, const char* parameter)
{
    return std::any_of(s.constraints.begin(), s.constraints.end(),
                       [&](const Constraint& c) { return c.kind == kind && c.parameter == parameter; });
}

bool isRegNet(const Space& s)
{
    return s.family == Space::Family::regNet;
}

/// A parameter by its constraint name, with its distribution.
struct Parameter {
    const char* name;
    Distribution distribution;
    bool operator==(const char* other) const { return std::string(name) == other; }
};

/// Of a stage for AnyNets, of the whole network for RegNets.
std::vector<Parameter> parameters(const Space& s)
{
    if (isRegNet(s))
        return {{"d", s.depth},        {"w_0", s.initialWidth},  {"w_a", s.slope},
                {"w_m", s.multiplier}, {"b", s.bottleneckRatio}, {"g", s.groupWidth}};
    return {{"d", s.depth}, {"w", s.width}, {"b", s.bottleneckRatio}, {"g", s.groupWidth}};
}

/// One value for all stages?
bool once(const Space& s, const char* name)
{
    return isRegNet(s) || has(s, Kind::shared, name) || has(s, Kind::constant, name) ||
           (has(s, Kind::increasing, name) && has(s, Kind::decreasing, name));
}

/// The values of a stage's parameter (1-based) that its ranges leave.
std::vector<double> choices(const Space& s, const Parameter& p, int stage)
{
    Table table(p.distribution);
    for (const Constraint& c : s.constraints) {
        const bool ofStage = c.parameter == p.name + std::to_string(stage);
        const bool ofAll = c.parameter == p.name && (isRegNet(s) || !(p == "d")); // an AnyNet's d is the total
        if (c.kind == Kind::range && (ofAll || (ofStage && !isRegNet(s))))
            table = table.restricted(c.low, c.high);
    }
    return table.values();
}

/// What all stages allow, when they share one value; else what each allows.
std::vector<std::vector<double>> choicesOfStages(const Space& s, const Parameter& p)
{
    std::vector<std::vector<double>> stages;
    for (int stage = 1; stage <= (isRegNet(s) ? 1 : s.stages); ++stage)
        stages.push_back(choices(s, p, stage));
    if (!once(s, p.name))
        return stages;
    std::vector<double> common = stages[0];
    for (const auto& values : stages)
        std::erase_if(common, [&](double v) { return !std::binary_search(values.begin(), values.end(), v); });
    return {common};
}

/// Sequences of one value a stage, in the space's order of the parameter and (depths) within its ranges of their sum.
double sequences(const Space& s, const Parameter& p)
{
    const bool rising = has(s, Kind::increasing, p.name);
    const bool falling = has(s, Kind::decreasing, p.name);
    const auto stages = choicesOfStages(s, p);
    const bool limited = p == "d" && has(s, Kind::range, "d") && !isRegNet(s);
    const int times = once(s, p.name) && !isRegNet(s) ? s.stages : 1; // what a shared value adds to the sum
    std::map<std::pair<double, double>, double> counts{{{0, 0}, 1}};  // by last value and sum
    for (std::size_t i = 0; i < stages.size(); ++i) {
        std::map<std::pair<double, double>, double> next;
        for (const auto& [state, count] : counts)
            for (const double v : stages[i])
                if (i == 0 || ((!rising || v >= state.first) && (!falling || v <= state.first)))
                    next[{v, limited ? state.second + times * v : 0}] += count;
        counts = std::move(next);
    }
    double total = 0;
    for (const auto& [state, count] : counts) {
        const double sum = state.second;
        const bool fits = std::all_of(s.constraints.begin(), s.constraints.end(), [&](const Constraint& c) {
            return !limited || c.kind != Kind::range || c.parameter != "d" || (sum >= c.low && sum <= c.high);
        });
        total += fits ? count : 0;
    }
    return total;
}

} // namespace

int dimensions(const Space& s)
{
    int count = RecipeDraw(s).dimensions();
    if (!s.networks.empty())
        return count;
    for (const Parameter& p : parameters(s)) {
        if (p == "w_a" && has(s, Kind::equal, "w_a"))
            continue; // w_0 gives it
        if (isRegNet(s))
            count += choices(s, p, 1).size() > 1;
        else if (Table(p.distribution).values().size() > 1) // the paper leaves ranges of stages out of this count
            count += once(s, p.name) ? 1 : s.stages;
    }
    return count;
}

double log10Size(const Space& s)
{
    if (!s.networks.empty())
        return std::log10(static_cast<double>(s.networks.size()));
    double sum = 0;
    for (const Parameter& p : parameters(s)) {
        if (p == "w_a" && has(s, Kind::equal, "w_a"))
            continue;
        for (const auto& values : choicesOfStages(s, p)) {
            const double left = static_cast<double>(values.size());
            if (isRegNet(s) && left > 1 && !(p == "b") &&
                !(p == "g")) { // the paper counts 64 values; a range leaves its share
                const double all = static_cast<double>(Table(p.distribution).values().size());
                sum += std::log10(std::max(1.0, 64 * left / all));
            } else {
                sum += std::log10(left);
            }
        }
        if (!once(s, p.name) && (has(s, Kind::increasing, p.name) || has(s, Kind::decreasing, p.name)))
            sum -= std::log10(std::tgamma(s.stages + 1.0)); // as the paper does, as if there were no ties
    }
    return sum;
}

double log10ExactSize(const Space& s)
{
    if (!s.networks.empty())
        return log10Size(s);
    double sum = 0;
    const bool equal = has(s, Kind::equal, "w_a");
    for (const Parameter& p : parameters(s)) {
        if (equal && p == "w_a")
            continue;
        if (equal && p == "w_0") {
            const auto initial = choices(s, p, 1);
            const auto slopes = choices(s, {"w_a", s.slope}, 1);
            std::vector<double> common;
            std::set_intersection(initial.begin(), initial.end(), slopes.begin(), slopes.end(),
                                  std::back_inserter(common));
            sum += std::log10(static_cast<double>(common.size()));
        } else {
            sum += std::log10(sequences(s, p));
        }
    }
    return sum;
}

} // namespace spacewright
