// The named spaces as data: what Radosavovic et al. 2020 study, and their authors' own configuration.
#include "core/design/space.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

namespace {

using Kind = Distribution::Kind;

/// Section 3.2: d_i <= 16, w_i <= 1024 and a multiple of 8, b_i in {1,2,4}, g_i in {1..32}.
Space anyNetXA()
{
    Space s;
    s.name = "AnyNetX_A";
    s.depth = {Kind::logUniform, 1, 16, 1};
    s.width = {Kind::logUniform, 8, 1024, 8};
    s.bottleneckRatio = {Kind::powersOfTwo, 1, 4, 1};
    s.groupWidth = {Kind::powersOfTwo, 1, 32, 1};
    return s;
}

/// Section 3.3: d < 64, w_0 and w_a < 256, 1.5 <= w_m <= 3, b and g as above.
void asRegNet(Space& s)
{
    s.family = Space::Family::regNet;
    s.depth = {Kind::uniform, 1, 63, 1};
    s.width = {};
    s.initialWidth = {Kind::logUniform, 8, 248, 8};
    s.slope = {Kind::logUniform, 0.1, 255.9, 0.1};
    s.multiplier = {Kind::uniform, 1.5, 3, 0.001};
}

/// What pycls' own configuration draws from: narrower, and b = 1.
void asPycls(Space& s)
{
    s.depth = {Kind::uniform, 12, 28, 1};
    s.initialWidth = {Kind::logUniform, 8, 256, 8};
    s.slope = {Kind::logUniform, 8, 256, 0.1};
    s.multiplier = {Kind::logUniform, 2, 3, 0.001};
    s.bottleneckRatio = {Kind::powersOfTwo, 1, 1, 1};
    s.groupWidth = {Kind::powerOfTwoOrLogUniform, 8, 128, 8};
}

void withThreeStages(Space& s)
{
    s.stages = 3;
}

void withFiveStages(Space& s)
{
    s.stages = 5;
}

/// Section 4, figure 14: b from 1/8 to 1.
void inverted(Space& s)
{
    s.bottleneckRatio = {Kind::powersOfTwo, 0.125, 1, 1};
}

/// Y is X with Squeeze-and-Excitation (section 4).
void squeezed(Space& s)
{
    s.prototype.seRatio = 0.25;
}

/// The R block is X without groups (appendix D): a group width that no 3x3 reaches is clipped to all of its channels.
void ungrouped(Space& s)
{
    s.groupWidth = {Kind::uniform, 65536, 65536, 1};
}

/// The V and VR blocks (appendix D) have neither a bottleneck nor groups.
void singleConvolution(Space& s, BlockType block)
{
    s.prototype.block = block;
    s.bottleneckRatio = s.groupWidth = {Kind::uniform, 1, 1, 1};
}

void vBlocks(Space& s)
{
    singleConvolution(s, BlockType::single);
}

void vrBlocks(Space& s)
{
    singleConvolution(s, BlockType::residualSingle);
}

struct Variant {
    const char* name;
    const char* base; ///< an earlier one
    std::vector<const char*> constraints;
    void (*change)(Space&) = nullptr;
};

const std::vector<Variant>& variants()
{
    static const std::vector<Variant> list{
        // Table 1, and pycls' own
        {"AnyNetX_B", "AnyNetX_A", {"shared b"}},
        {"AnyNetX_C", "AnyNetX_B", {"shared g"}},
        {"AnyNetX_D", "AnyNetX_C", {"increasing w"}},
        {"AnyNetX_E", "AnyNetX_D", {"increasing d"}},
        {"RegNetX", "AnyNetX_A", {}, asRegNet},
        {"RegNetX-pycls", "RegNetX", {}, asPycls},
        // Section 3.2: the best g and b of C, and figure 7's controls of D and E
        {"AnyNetX_C-wide-groups", "AnyNetX_C", {"g=2:"}},
        {"AnyNetX_C-b2", "AnyNetX_C", {"b=1:2"}},
        {"AnyNetX_C-constant-widths", "AnyNetX_C", {"constant w"}},
        {"AnyNetX_C-decreasing-widths", "AnyNetX_C", {"decreasing w"}},
        {"AnyNetX_D-constant-depths", "AnyNetX_D", {"constant d"}},
        {"AnyNetX_D-decreasing-depths", "AnyNetX_D", {"decreasing d"}},
        // Figures 9 and 13
        {"RegNetX-wm2", "RegNetX", {"w_m=2"}},
        {"RegNetX-w0wa", "RegNetX", {"w_0=w_a"}},
        {"RegNetX-refined", "RegNetX", {"b=1", "d=:40", "w_m=2:"}},
        // Figure 14
        {"RegNetY", "RegNetX", {}, squeezed},
        {"RegNetX-inverted", "RegNetX", {}, inverted},
        {"RegNetX-depthwise", "RegNetX", {"g=1"}},
        // Figure 10: other numbers of stages, other blocks
        {"AnyNetX_A-3-stages", "AnyNetX_A", {}, withThreeStages},
        {"AnyNetX_E-3-stages", "AnyNetX_E", {}, withThreeStages},
        {"RegNetX-3-stages", "RegNetX", {}, withThreeStages},
        {"AnyNetX_A-5-stages", "AnyNetX_A", {}, withFiveStages},
        {"AnyNetX_E-5-stages", "AnyNetX_E", {}, withFiveStages},
        {"RegNetX-5-stages", "RegNetX", {}, withFiveStages},
        {"AnyNetR_A", "AnyNetX_A", {}, ungrouped},
        {"AnyNetR_E", "AnyNetX_E", {}, ungrouped},
        {"RegNetR", "RegNetX", {}, ungrouped},
        {"AnyNetV_A", "AnyNetX_A", {}, vBlocks},
        {"AnyNetV_E", "AnyNetX_E", {}, vBlocks},
        {"RegNetV", "RegNetX", {}, vBlocks},
        {"AnyNetVR_A", "AnyNetX_A", {}, vrBlocks},
        {"AnyNetVR_E", "AnyNetX_E", {}, vrBlocks},
        {"RegNetVR", "RegNetX", {}, vrBlocks},
    };
    return list;
}

const Space* find(const std::vector<Space>& spaces, const std::string& name)
{
    const auto it = std::find_if(spaces.begin(), spaces.end(), [&](const Space& s) { return s.name == name; });
    return it == spaces.end() ? nullptr : &*it;
}

std::vector<Space> makeNamedSpaces()
{
    std::vector<Space> spaces{anyNetXA()};
    for (const Variant& v : variants()) {
        Space space = *find(spaces, v.base);
        space.name = v.name;
        if (v.change)
            v.change(space);
        for (const char* text : v.constraints)
            space = constrained(space, constraintFrom(text));
        spaces.push_back(std::move(space));
    }
    return spaces;
}

} // namespace

const std::vector<Space>& namedSpaces()
{
    static const std::vector<Space> spaces = makeNamedSpaces();
    return spaces;
}

const Space& namedSpace(const std::string& name)
{
    std::string names;
    for (const auto list : {&namedSpaces, &baselines}) { // in this order: baselines are made from named ones
        if (const Space* space = find(list(), name))
            return *space;
        for (const Space& s : list())
            names += (names.empty() ? "" : ", ") + s.name;
    }
    throw Error("There is no space named \"" + name + "\"; the named spaces are " + names + ".");
}

} // namespace spacewright
