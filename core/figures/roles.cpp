// Which part a space plays in the paper's figures.
#include "core/figures/roles.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

using Kind = Constraint::Kind;

bool isAnyNet(const Space& space)
{
    return space.family == Space::Family::anyNet && space.networks.empty();
}

bool isRegNet(const Space& space)
{
    return space.family == Space::Family::regNet && space.networks.empty();
}

std::vector<Constraint> restrictions(const Space& space)
{
    std::vector<Constraint> result = space.constraints;
    std::erase_if(result, [](const Constraint& c) {
        return c.parameter == "flops" || c.parameter == "params" || c.parameter == "acts";
    });
    return result;
}

std::string restrictionText(const Space& space)
{
    std::vector<std::string> texts;
    for (const Constraint& constraint : restrictions(space))
        texts.push_back(toText(constraint));
    std::sort(texts.begin(), texts.end());
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

bool has(const Space& space, Kind kind, const std::string& parameter)
{
    return std::any_of(space.constraints.begin(), space.constraints.end(),
                       [&](const Constraint& c) { return c.kind == kind && c.parameter == parameter; });
}

char anyNetLetter(const Space& space)
{
    static const std::vector<std::pair<char, std::string>> letters{
        {'A', ""},
        {'B', "shared b"},
        {'C', "shared b, shared g"},
        {'D', "increasing w, shared b, shared g"},
        {'E', "increasing d, increasing w, shared b, shared g"}};
    if (isAnyNet(space))
        for (const auto& [letter, text] : letters)
            if (restrictionText(space) == text)
                return letter;
    return 0;
}

std::optional<Kind> orderOf(const Space& space, const std::string& parameter)
{
    for (const Kind kind : {Kind::constant, Kind::increasing, Kind::decreasing})
        if (has(space, kind, parameter))
            return kind;
    return std::nullopt;
}

std::vector<Shown> those(const std::vector<Shown>& populations, const std::function<bool(const Space&)>& fits)
{
    std::vector<Shown> result;
    for (const Shown& one : populations)
        if (fits(one.space()))
            result.push_back(one);
    return result;
}

std::vector<Shown> mostAlike(const std::vector<Shown>& populations)
{
    std::vector<Shown> largest;
    for (const Shown& first : populations) {
        std::vector<Shown> alike = those(populations, [&](const Space& space) {
            return space.prototype == first.space().prototype && space.stages == first.space().stages &&
                   space.fewestStages == first.space().fewestStages &&
                   (space.bottleneckRatio.low < 1) == (first.space().bottleneckRatio.low < 1);
        });
        if (alike.size() > largest.size())
            largest = std::move(alike);
    }
    return largest;
}

Shown withRestrictions(Shown one)
{
    const std::string text = restrictionText(one.space());
    if (!text.empty())
        one.name += ": " + text;
    return one;
}

void needs(const std::string& figure, const std::string& spaces, const std::string& how)
{
    throw Error("The figure " + figure + " needs models with results of " + spaces + "; " + how +
                ", train them and draw it again.");
}

} // namespace spacewright
