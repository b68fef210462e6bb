// generalization: do spaces keep their order in other regimes? (Radosavovic et al. 2020, figure 10)
#include "core/counted.h"
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include "core/statistics/kendall.h"
#include <algorithm>
#include <array>
#include <set>

namespace spacewright {
namespace {

/// What makes a regime; the study's name comes last, since it speaks only where nothing else does.
using Circumstances = std::array<std::string, 9>;

std::string blockWords(const Space& space)
{
    // The R block is X with groups as wide as the 3x3.
    const bool isUngrouped = space.groupWidth.low > 1024;
    switch (space.prototype.block) {
    case BlockType::bottleneck:
        return isUngrouped ? "R blocks" : "X blocks";
    case BlockType::single:
        return "V blocks";
    case BlockType::residualSingle:
        return "VR blocks";
    default:
        return toText(space.prototype.block);
    }
}

Circumstances circumstances(const Population& population)
{
    const Space& space = population.space.space;
    const Recipe& recipe = population.recipe;
    std::string flops;
    for (const Constraint& constraint : space.constraints)
        if (constraint.parameter == "flops")
            flops = describe(constraint);
    return {stagesText(space) + " stages",
            blockWords(space),
            flops,
            space.prototype.seRatio > 0 ? "with SE" : "no SE",
            toText(space.prototype.activation),
            std::to_string(space.prototype.resolution) + " pixels",
            counted(recipe.epochs, "epoch"),
            recipe.data,
            population.study};
}

/// Whether two spaces play the same part, each in its regime.
bool samePart(const Space& x, const Space& y)
{
    return x.family == y.family && restrictionText(x) == restrictionText(y) && x.depth == y.depth &&
           x.width == y.width && x.initialWidth == y.initialWidth && x.slope == y.slope && x.multiplier == y.multiplier;
}

struct Regime {
    Circumstances circumstances;
    std::vector<Shown> spaces;
    std::string title;
};

std::vector<Regime> regimes(const std::vector<Shown>& spaces)
{
    std::vector<Regime> result;
    std::vector<const Space*> parts; // the first of each part gives it its colour
    for (Shown one : spaces) {
        const auto part =
            std::find_if(parts.begin(), parts.end(), [&](const Space* other) { return samePart(*other, one.space()); });
        one.colour = static_cast<int>(part - parts.begin());
        if (part == parts.end())
            parts.push_back(&one.space());
        one.name = one.space().name;
        const Circumstances mine = circumstances(*one.population);
        auto regime =
            std::find_if(result.begin(), result.end(), [&](const Regime& r) { return r.circumstances == mine; });
        if (regime == result.end())
            regime = result.insert(result.end(), {mine, {}, {}});
        regime->spaces.push_back(one);
    }
    std::erase_if(result, [](const Regime& regime) { return regime.spaces.size() < 2; }); // no order
    return result;
}

/// Says of each what is not the same in all, and the study where that does not tell them apart.
void entitle(std::vector<Regime>& regimes)
{
    const auto differs = [&](std::size_t k) {
        return std::any_of(regimes.begin(), regimes.end(), [&](const Regime& regime) {
            return regime.circumstances[k] != regimes.front().circumstances[k];
        });
    };
    const std::size_t study = regimes.front().circumstances.size() - 1;
    std::set<std::string> titles;
    for (std::size_t k = 0; k <= study && titles.size() < regimes.size(); ++k) {
        if (!differs(k))
            continue;
        titles.clear();
        for (Regime& regime : regimes) {
            const std::string& words = regime.circumstances[k];
            regime.title += (regime.title.empty() || words.empty() ? "" : ", ") + words;
            titles.insert(regime.title);
        }
    }
}

/// "4 stages / 5 stages: 0.667 (4 spaces)": Kendall's tau of the mean errors of the spaces that both have; empty where
/// there is no order.
std::string agreement(const Regime& x, const Regime& y)
{
    std::vector<double> ofX, ofY;
    for (const Shown& one : x.spaces) {
        const auto other =
            std::find_if(y.spaces.begin(), y.spaces.end(), [&](const Shown& o) { return o.colour == one.colour; });
        if (other == y.spaces.end())
            continue;
        ofX.push_back(one->edf->mean);
        ofY.push_back((*other)->edf->mean);
    }
    const auto isFlat = [](const std::vector<double>& v) {
        return v.size() < 2 || std::set(v.begin(), v.end()).size() == 1;
    };
    if (isFlat(ofX) || isFlat(ofY))
        return {};
    return x.title + " / " + y.title + ": " + shortText(kendallTau(ofX, ofY)) + " (" + std::to_string(ofX.size()) +
           " spaces)";
}

} // namespace

Figure generalizationFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    std::vector<Regime> all = regimes(withResults(populations));
    if (all.size() < 2)
        needs("generalization", "the same two or more spaces in two or more regimes",
              "name several studies, or one whose spaces have other flops, numbers of stages or blocks");
    entitle(all);
    Figure figure;
    for (const Regime& regime : all)
        figure.panels.push_back(edfPanel(regime.spaces, regime.title));
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j)
            if (const std::string words = agreement(all[i], all[j]); !words.empty())
                figure.caption +=
                    (figure.caption.empty() ? "Kendall's tau of the order by mean error: " : "; ") + words;
    figure.caption += figure.caption.empty() ? "No two regimes have an order to compare." : ".";
    return figure;
}

} // namespace spacewright
