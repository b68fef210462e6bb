// The value of a parameter of a built network, and whether it fulfils a constraint.
#include "core/design/sampler.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

using Kind = Constraint::Kind;

double stageValue(const Stage& s, char parameter)
{
    switch (parameter) {
    case 'd':
        return s.depth;
    case 'w':
        return s.width;
    case 'b':
        return s.bottleneckRatio;
    default:
        return s.groupWidth;
    }
}

bool inRange(double v, const Constraint& c)
{
    return v >= c.low && v <= c.high;
}

/// "w", "b" and "g" without a number speak of every stage.
bool everyStage(const std::string& parameter)
{
    return parameter == "w" || parameter == "b" || parameter == "g";
}

bool ordered(const std::vector<Stage>& stages, const Constraint& c)
{
    for (std::size_t i = 1; i < stages.size(); ++i) {
        const double before = stageValue(stages[i - 1], c.parameter[0]);
        const double after = stageValue(stages[i], c.parameter[0]);
        const bool fine = c.kind == Kind::increasing   ? after >= before
                          : c.kind == Kind::decreasing ? after <= before
                                                       : after == before;
        if (!fine)
            return false;
    }
    return true;
}

bool shared(const Sample& sample, const std::string& parameter)
{
    if (parameter == "g" && !sample.drawnGroupWidths.empty())
        return std::adjacent_find(sample.drawnGroupWidths.begin(), sample.drawnGroupWidths.end(),
                                  std::not_equal_to<>()) == sample.drawnGroupWidths.end();
    return ordered(sample.network.stages, {.kind = Kind::constant, .parameter = parameter});
}

std::optional<double> ofRegNet(const RegNetParameters& p, const std::string& name)
{
    if (name == "w_0")
        return p.initialWidth;
    if (name == "w_a")
        return p.slope;
    if (name == "w_m")
        return p.multiplier;
    if (name == "b")
        return p.bottleneckRatio;
    if (name == "g")
        return p.groupWidth;
    return std::nullopt;
}

std::optional<double> ofFile(const Sample& sample, const std::string& name)
{
    for (const auto& [known, value] : sample.values)
        if (known == name)
            return value;
    return std::nullopt;
}

std::optional<double> measure(std::int64_t count)
{
    return count > 0 ? std::optional(static_cast<double>(count)) : std::nullopt; // 0 where it is not known
}

} // namespace

std::optional<double> parameterValue(const Sample& sample, const std::string& name)
{
    if (name == "flops")
        return measure(sample.complexity.flops);
    if (name == "params")
        return measure(sample.complexity.params);
    if (name == "acts")
        return measure(sample.complexity.activations);
    if (name == "rate")
        return sample.rate;
    if (name == "weight_decay")
        return sample.weightDecay;
    if (!networkIsKnown(sample))
        return ofFile(sample, name);
    if (name == "d")
        return totalDepth(sample.network);
    if (sample.regNet)
        if (const auto value = ofRegNet(*sample.regNet, name))
            return value;
    const std::vector<Stage>& stages = sample.network.stages;
    if (everyStage(name)) {
        if (!shared(sample, name))
            return std::nullopt;
        return name == "g" && !sample.drawnGroupWidths.empty() ? sample.drawnGroupWidths[0]
                                                               : stageValue(stages[0], name[0]);
    }
    if (name.size() < 2 || name.size() > 3 || std::string("dwbg").find(name[0]) == std::string::npos ||
        !std::all_of(name.begin() + 1, name.end(), [](unsigned char c) { return std::isdigit(c); }))
        return ofFile(sample, name);
    const auto stage = static_cast<std::size_t>(std::stoi(name.substr(1)));
    if (stage < 1 || stage > stages.size())
        return std::nullopt;
    return stageValue(stages[stage - 1], name[0]);
}

std::vector<double> parameterValues(const Sample& sample, const std::string& name)
{
    std::vector<double> values;
    if (everyStage(name) && !sample.regNet && networkIsKnown(sample)) {
        for (const Stage& stage : sample.network.stages)
            values.push_back(stageValue(stage, name[0]));
    } else if (const auto value = parameterValue(sample, name)) {
        values.push_back(*value);
    }
    return values;
}

bool fulfils(const Sample& sample, const Constraint& c)
{
    const std::vector<Stage>& stages = sample.network.stages;
    if (!networkIsKnown(sample)) {
        const std::optional<double> value = parameterValue(sample, c.parameter);
        return c.kind == Kind::range && value && inRange(*value, c);
    }
    if (c.kind == Kind::shared)
        return shared(sample, c.parameter);
    if (c.kind == Kind::equal)
        return sample.regNet && sample.regNet->slope == sample.regNet->initialWidth;
    if (c.kind != Kind::range)
        return ordered(stages, c);
    if (everyStage(c.parameter))
        return std::all_of(stages.begin(), stages.end(),
                           [&](const Stage& s) { return inRange(stageValue(s, c.parameter[0]), c); });
    const std::optional<double> value = parameterValue(sample, c.parameter);
    return value && inRange(*value, c);
}

} // namespace spacewright
