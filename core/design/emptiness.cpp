// Why a space yields no networks, in words.
#include "core/design/emptiness.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

struct Obstacle {
    std::int64_t failed = 0;
    std::int64_t alone = 0;        ///< proposals that fail this condition only
    double nearest = std::nan(""); ///< value nearest to the range, first among proposals that fail nothing else
    bool nearestAlone = false;
};

double distance(double value, const Constraint& c)
{
    return std::max({c.low - value, value - c.high, 0.0});
}

void note(Obstacle& o, const Constraint& c, const Sample& sample, bool alone)
{
    ++o.failed;
    o.alone += alone;
    const auto value = c.kind == Constraint::Kind::range ? parameterValue(sample, c.parameter) : std::nullopt;
    if (!value || (o.nearestAlone && !alone))
        return;
    if (std::isnan(o.nearest) || (alone && !o.nearestAlone) || distance(*value, c) < distance(o.nearest, c)) {
        o.nearest = *value;
        o.nearestAlone = alone;
    }
}

} // namespace

std::string explainEmptiness(const Proposer& proposer, std::uint64_t seed)
{
    constexpr int proposals = 50'000;
    const auto& conditions = proposer.conditions();
    std::vector<Obstacle> obstacles(conditions.size());
    Random random(seed, ~0ULL);
    Sample sample;
    sample.network = proposer.space().prototype;
    int built = 0;
    for (int i = 0; i < proposals; ++i) {
        if (!proposer.propose(random, sample))
            continue;
        ++built;
        sample.complexity = complexity(sample.network);
        std::vector<std::size_t> failed;
        for (std::size_t k = 0; k < conditions.size(); ++k)
            if (!fulfils(sample, conditions[k]))
                failed.push_back(k);
        for (const std::size_t k : failed)
            note(obstacles[k], conditions[k], sample, failed.size() == 1);
    }
    const std::string& name = proposer.space().name;
    if (built == 0)
        return name + " is empty or nearly so: its ranges of d, w_0, w_a and w_m give no network of " +
               std::to_string(proposer.space().stages) + " stages. Widen one of them.";
    const auto worst = std::max_element(obstacles.begin(), obstacles.end(), [](const Obstacle& a, const Obstacle& b) {
        return std::pair(a.alone, a.failed) < std::pair(b.alone, b.failed);
    });
    if (worst == obstacles.end())
        return name + " yields no networks.";
    const Constraint& c = conditions[worst - obstacles.begin()];
    std::string text = name + " is empty or nearly so: \"" + describe(c) + "\" leaves nothing";
    if (conditions.size() > 1)
        text += " together with the other constraints";
    if (!std::isnan(worst->nearest)) {
        char value[64];
        std::snprintf(value, sizeof value, "%.12g", worst->nearest);
        text += "; the nearest that was found has " + c.parameter + " = " + value;
    }
    return text + ". Widen or remove it.";
}

} // namespace spacewright
