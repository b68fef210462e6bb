// A design space as Python for Optuna.
#include "core/exchange/optuna_code.h"
#include "core/error.h"
#include "core/exchange/pytorch_code.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using Kind = Distribution::Kind;
using nlohmann::ordered_json;

constexpr const char* begin = R"(import json
import math
import sys

import optuna


def fit(width, ratio, group):
    """Width and group width made to fit each other, as pycls does: round() rounds half to even."""
    inner = max(1, int(width / ratio))
    group = min(group, inner)
    quantum = math.lcm(group, int(1 / ratio)) if ratio < 1 else group
    inner = max(quantum, round(inner / quantum) * quantum)
    return int(inner * ratio), group

)";

constexpr const char* regNetWidths = R"(
def stages_of(d, w_0, w_a, w_m):
    """Depths and widths of the stages of a RegNet (Radosavovic et al. 2020, equations 2 to 4)."""
    levels = [round(math.log((w_0 + w_a * j) / w_0) / math.log(w_m)) for j in range(d)]
    blocks = [round(w_0 * w_m**level / 8) * 8 for level in levels]
    widths = sorted(set(blocks))
    if not FEWEST_STAGES <= len(widths) <= STAGES or levels[-1] + 1 != len(widths):
        raise optuna.TrialPruned("another number of stages")
    return [blocks.count(width) for width in widths], widths

)";

constexpr const char* counting = R"(
def complexity(network):
    """Flops (multiply-adds), parameters and activations, counted as pycls does."""
    total = [0, 0, 0]

    def conv(inputs, outputs, kernel, size, stride=1, groups=1, bias=False, norm=True):
        size = (size - 1) // stride + 1
        weights = kernel * kernel * inputs * outputs // groups
        total[0] += (weights + bias * outputs) * size * size
        total[1] += weights + bias * outputs + norm * 2 * outputs
        total[2] += outputs * size * size
        return size

    size, width = network["resolution"], network["stem_width"]
    large = network["stem"] == "res_stem_in"
    size = conv(network["input_channels"], width, 7 if large else 3, size, 1 if network["stem"] == "res_stem_cifar" else 2)
    if large:
        size = (size - 1) // 2 + 1
        total[2] += width * size * size
    block = network["block"]
    for depth, w, b, g, stride in zip(
        network["depths"], network["widths"], network["bottleneck_ratios"], network["group_widths"], network["strides"]
    ):
        for i in range(depth):
            s = stride if i == 0 else 1
            if block != "vanilla_block" and (width != w or s != 1):
                conv(width, w, 1, size, s)
            if block == "res_bottleneck_block":
                inner = round(w / b)
                conv(width, inner, 1, size)
                after = conv(inner, inner, 3, size, s, inner // g)
                squeezed = round(width * network["se_ratio"])
                if squeezed:
                    conv(inner, squeezed, 1, 1, bias=True, norm=False)
                    conv(squeezed, inner, 1, 1, bias=True, norm=False)
                size = conv(inner, w, 1, after)
            else:
                size = conv(w, w, 3, conv(width, w, 3, size, s))
            width = w
    if network["head_width"]:
        conv(width, network["head_width"], 1, size)
        width = network["head_width"]
    total[0] += width * network["classes"] + network["classes"]
    total[1] += width * network["classes"] + network["classes"]
    total[2] += network["classes"]
    return {"flops": total[0], "params": total[1], "acts": total[2]}

)";

constexpr const char* end = R"(

def main(wanted):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    while wanted > 0:
        trial = study.ask()
        try:
            print(json.dumps(suggest(trial)))
            study.tell(trial, 0.0)
            wanted -= 1
        except optuna.TrialPruned:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
)";

std::string number(double v)
{
    return ordered_json(v == std::floor(v) && std::abs(v) < 1e15 ? ordered_json(static_cast<std::int64_t>(v))
                                                                 : ordered_json(v))
        .dump();
}

/// The call that suggests a value; `name` is Python that gives the parameter's name.
std::string suggestion(const std::string& name, const Distribution& d)
{
    if (d.kind == Kind::powersOfTwo || d.kind == Kind::powerOfTwoOrLogUniform)
        return "trial.suggest_categorical(" + name + ", " + pythonList(Table(d).values()) + ")";
    const bool log = d.kind == Kind::logUniform;
    const bool whole = d.quantum == std::floor(d.quantum);
    const std::string quantum = number(d.quantum), ends = number(d.low) + ", " + number(d.high);
    if (!log)
        return (whole ? "trial.suggest_int(" : "trial.suggest_float(") + name + ", " + ends + ", step=" + quantum + ")";
    if (!whole)
        return "round(trial.suggest_float(" + name + ", " + ends + ", log=True) / " + quantum + ") * " + quantum;
    if (d.quantum == 1)
        return "trial.suggest_int(" + name + ", " + ends + ", log=True)";
    return quantum + " * trial.suggest_int(" + name + " + \"/" + quantum + "\", " + number(d.low / d.quantum) + ", " +
           number(d.high / d.quantum) + ", log=True)";
}

bool isShared(const Space& space, const char* parameter)
{
    return std::find(space.constraints.begin(), space.constraints.end(),
                     Constraint{Constraint::Kind::shared, parameter}) != space.constraints.end();
}

/// One suggestion for all stages, or one for each.
std::string perStage(const Space& space, const char* letter, const Distribution& d)
{
    if (isShared(space, letter))
        return "[" + suggestion("\"" + std::string(letter) + "\"", d) + "] * STAGES";
    return "[" + suggestion("f\"" + std::string(letter) + "{i}\"", d) + " for i in range(1, STAGES + 1)]";
}

std::string drawing(const Space& s)
{
    std::string text =
        "\ndef suggest(trial):\n    \"\"\"A network of the space; the trial is pruned when what was drawn "
        "is not one.\"\"\"\n";
    if (s.family == Space::Family::anyNet)
        return text + "    depths = " + perStage(s, "d", s.depth) + "\n    widths = " + perStage(s, "w", s.width) +
               "\n    ratios = " + perStage(s, "b", s.bottleneckRatio) +
               "\n    groups = " + perStage(s, "g", s.groupWidth) + "\n    parameters = {}\n";
    const bool equal = std::any_of(s.constraints.begin(), s.constraints.end(),
                                   [](const Constraint& c) { return c.kind == Constraint::Kind::equal; });
    return text + "    parameters = {\n        \"w_0\": " + suggestion("\"w_0\"", s.initialWidth) +
           ",\n        \"w_m\": " + suggestion("\"w_m\"", s.multiplier) +
           ",\n    }\n    parameters[\"w_a\"] = " + (equal ? "parameters[\"w_0\"]" : suggestion("\"w_a\"", s.slope)) +
           "\n    d = " + suggestion("\"d\"", s.depth) +
           "\n    depths, widths = stages_of(d, **parameters)\n    ratios = [" +
           suggestion("\"b\"", s.bottleneckRatio) + "] * len(depths)\n    groups = [" +
           suggestion("\"g\"", s.groupWidth) + "] * len(depths)\n";
}

/// Python that is true for networks that fulfil the constraint; empty where the suggestions see to it.
std::string condition(const Space& space, const Constraint& c)
{
    const auto between = [&](const std::string& value) {
        return (std::isfinite(c.low) ? number(c.low) + " <= " : "") + value +
               (std::isfinite(c.high) ? " <= " + number(c.high) : "");
    };
    const bool depths = c.parameter == "d";
    const std::string list = std::string("network[\"") + (depths ? "depths" : "widths") + "\"]";
    const auto neighbours = [&](const char* relation) {
        return "all(a " + std::string(relation) + " b for a, b in zip(" + list + ", " + list + "[1:]))";
    };
    switch (c.kind) {
    case Constraint::Kind::shared:
    case Constraint::Kind::equal:
        return {};
    case Constraint::Kind::increasing:
        return neighbours("<=");
    case Constraint::Kind::constant:
        return neighbours("==");
    case Constraint::Kind::decreasing:
        return neighbours(">=");
    case Constraint::Kind::range:
        break;
    }
    const std::string& p = c.parameter;
    if (p == "flops" || p == "params" || p == "acts")
        return between("network[\"" + p + "\"]");
    if (p == "rate" || p == "weight_decay")
        return between("network[\"" + p + "\"]");
    if (depths)
        return between("sum(network[\"depths\"])");
    if (p.starts_with("w_"))
        return between("parameters[\"" + p + "\"]");
    const std::string field = p[0] == 'd'   ? "depths"
                              : p[0] == 'w' ? "widths"
                              : p[0] == 'b' ? "bottleneck_ratios"
                                            : "group_widths";
    const std::string of = "network[\"" + field + "\"]";
    if (p.size() > 1) {
        const int stage = std::stoi(p.substr(1));
        return (space.fewestStages ? "len(depths) >= " + std::to_string(stage) + " and " : "") +
               between(of + "[" + std::to_string(stage - 1) + "]");
    }
    return space.family == Space::Family::regNet && p == "b" ? between(of + "[0]")
                                                             : "all(" + between("v") + " for v in " + of + ")";
}

std::string building(const Space& s)
{
    const Network& n = s.prototype;
    std::string text =
        "    fitted = [fit(*shape) for shape in zip(widths, ratios, groups)]\n    network = {\n"
        "        \"depths\": depths,\n        \"widths\": [width for width, _ in fitted],\n"
        "        \"bottleneck_ratios\": ratios,\n        \"group_widths\": [group for _, group in fitted],\n"
        "        \"strides\": [" +
        std::to_string(s.stride) + "] * len(depths),\n";
    ordered_json rest;
    rest["stem"] = toText(n.stem);
    rest["stem_width"] = n.stemWidth;
    rest["block"] = toText(n.block);
    rest["activation"] = toText(n.activation);
    rest["se_ratio"] = n.seRatio;
    rest["head_width"] = n.headWidth;
    rest["input_channels"] = n.inputChannels;
    rest["resolution"] = n.resolution;
    rest["classes"] = n.classes;
    for (const auto& [name, value] : rest.items())
        text += "        \"" + name + "\": " + value.dump() + ",\n";
    text += "    }\n    network.update(complexity(network))\n";
    if (s.family == Space::Family::regNet)
        text += "    network[\"regnet\"] = {**parameters, \"depth\": d, \"bottleneck_ratio\": ratios[0], "
                "\"group_width\": groups[0]}\n";
    for (const auto& [name, range] : {std::pair("rate", s.rate), {"weight_decay", s.weightDecay}})
        if (range)
            text += "    network[\"" + std::string(name) + "\"] = trial.suggest_float(\"" + name + "\", " +
                    number(range->low) + ", " + number(range->high) + ", log=True)\n";
    for (const Constraint& c : s.constraints)
        if (const std::string python = condition(s, c); !python.empty())
            text += "    if not (" + python + "):\n        raise optuna.TrialPruned(" + ordered_json(toText(c)).dump() +
                    ")\n";
    return text + "    trial.set_user_attr(\"network\", network)\n    return network\n";
}

} // namespace

std::string toOptunaCode(const Space& space)
{
    const BlockType block = space.prototype.block;
    if (!space.networks.empty())
        throw Error(space.name + " is a list of networks, of which no parameters can be suggested.");
    if (block != BlockType::bottleneck && block != BlockType::basic && block != BlockType::vanilla)
        throw Error("The Python for Optuna builds bottleneck, basic and vanilla blocks, no \"" + toText(block) + "\".");
    std::string name = space.name;
    std::erase_if(name, [](char c) { return c == '"' || c == '\\' || c == '\n'; });
    return "\"\"\"Networks of the design space " + name + " for Optuna: call suggest(trial) in an objective.\n\n" +
           "Run by itself, this file prints a few, one JSON object a line.\n\"\"\"\n\n" + begin +
           "\nSTAGES = " + std::to_string(space.stages) + "\n\n" +
           (space.family == Space::Family::regNet
                ? "FEWEST_STAGES = " + std::to_string(space.fewestStages.value_or(space.stages)) + "\n" + regNetWidths
                : "") +
           counting + drawing(space) + building(space) + end;
}

} // namespace spacewright
