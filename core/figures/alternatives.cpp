// alternatives: inverted bottleneck, depthwise, resolution, Squeeze-and-Excitation, activation (Radosavovic et al.
// 2020, figures 14 and 15).
#include "core/figures/builders.h"
#include "core/figures/roles.h"
#include <algorithm>

namespace spacewright {
namespace {

/// How a space differs from the plain ones; empty: not in this respect.
struct Respect {
    const char* title;
    std::string (*words)(const Space&);
};

std::string ofBlock(const Space& space)
{
    const auto only = [](const Constraint& c) { return c == Constraint{Constraint::Kind::range, "g", 1, 1}; };
    if (space.bottleneckRatio.low < 1)
        return "b from " + shortText(space.bottleneckRatio.low);
    const bool isDepthwise = std::any_of(space.constraints.begin(), space.constraints.end(), only);
    return isDepthwise ? "g = 1" : "";
}

std::string ofExcitation(const Space& space)
{
    return space.prototype.seRatio > 0 ? "SE " + shortText(space.prototype.seRatio) : "";
}

std::string ofActivation(const Space& space)
{
    return space.prototype.activation == Activation::relu ? "" : toText(space.prototype.activation);
}

constexpr Respect respects[]{
    {"block", ofBlock}, {"Squeeze-and-Excitation", ofExcitation}, {"activation", ofActivation}};

bool isPlain(const Space& space)
{
    return restrictions(space).empty() && std::all_of(std::begin(respects), std::end(respects),
                                                      [&](const Respect& r) { return r.words(space).empty(); });
}

/// The plain spaces of several resolutions.
void addResolutions(Figure& figure, std::vector<Shown> plain)
{
    const int first = plain.front().space().prototype.resolution;
    if (std::all_of(plain.begin(), plain.end(),
                    [&](const Shown& one) { return one.space().prototype.resolution == first; }))
        return;
    for (Shown& one : plain)
        one.name += ": " + std::to_string(one.space().prototype.resolution) + " pixels";
    figure.panels.push_back(edfPanel(plain, "resolution"));
}

} // namespace

Figure alternativesFigure(const std::vector<Population>& populations, const FigureOptions&)
{
    std::vector<Shown> all = those(withResults(populations), isRegNet);
    if (all.empty())
        all = those(withResults(populations), isAnyNet);
    const std::vector<Shown> plain = those(all, isPlain);
    Figure figure;
    for (const Respect& respect : respects) {
        std::vector<Shown> compared = plain;
        for (const Shown& one : all) {
            const std::string words = respect.words(one.space());
            if (words.empty())
                continue;
            compared.push_back(one);
            compared.back().name += ": " + words;
        }
        if (!plain.empty() && compared.size() > plain.size())
            figure.panels.push_back(edfPanel(compared, respect.title));
    }
    if (!plain.empty())
        addResolutions(figure, plain);
    if (figure.panels.empty())
        needs("alternatives", "RegNetX and of an alternative to it",
              "add RegNetX-inverted, RegNetX-depthwise, RegNetY, another activation or another resolution");
    return figure;
}

} // namespace spacewright
