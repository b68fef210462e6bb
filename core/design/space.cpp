// The named spaces as constants, and the size of a space by the paper's count.
#include "core/design/space.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>

namespace spacewright {

namespace {

using DKind = Distribution::Kind;
using CKind = Constraint::Kind;

/// Radosavovic et al. 2020, section 3.2: d_i <= 16, w_i <= 1024 and a multiple of 8, b_i in {1,2,4}, g_i in {1..32}.
Space anyNetXA()
{
    Space s;
    s.name = "AnyNetX_A";
    s.depth = {DKind::logUniform, 1, 16, 1};
    s.width = {DKind::logUniform, 8, 1024, 8};
    s.bottleneckRatio = {DKind::powersOfTwo, 1, 4, 1};
    s.groupWidth = {DKind::powersOfTwo, 1, 32, 1};
    return s;
}

/// Section 3.3: d < 64, w_0 and w_a < 256, 1.5 <= w_m <= 3, b and g as above.
Space regNetX()
{
    Space s = anyNetXA();
    s.name = "RegNetX";
    s.family = Space::Family::regNet;
    s.depth = {DKind::uniform, 1, 63, 1};
    s.width = {};
    s.initialWidth = {DKind::logUniform, 8, 248, 8};
    s.slope = {DKind::logUniform, 0.1, 255.9, 0.1};
    s.multiplier = {DKind::uniform, 1.5, 3, 0.001};
    return s;
}

/// What pycls' own configuration draws from: narrower, and b = 1.
Space regNetXPycls()
{
    Space s = regNetX();
    s.name = "RegNetX-pycls";
    s.depth = {DKind::uniform, 12, 28, 1};
    s.initialWidth = {DKind::logUniform, 8, 256, 8};
    s.slope = {DKind::logUniform, 8, 256, 0.1};
    s.multiplier = {DKind::logUniform, 2, 3, 0.001};
    s.bottleneckRatio = {DKind::powersOfTwo, 1, 1, 1};
    s.groupWidth = {DKind::powerOfTwoOrLogUniform, 8, 128, 8};
    return s;
}

std::vector<Space> makeNamedSpaces()
{
    std::vector<Space> spaces{anyNetXA()};
    const std::pair<const char*, Constraint> steps[] = {{"AnyNetX_B", {CKind::shared, "b"}},
                                                        {"AnyNetX_C", {CKind::shared, "g"}},
                                                        {"AnyNetX_D", {CKind::increasing, "w"}},
                                                        {"AnyNetX_E", {CKind::increasing, "d"}}};
    for (const auto& [name, constraint] : steps) {
        Space next = constrained(spaces.back(), constraint);
        next.name = name;
        spaces.push_back(std::move(next));
    }
    spaces.push_back(regNetX());
    spaces.push_back(regNetXPycls());
    return spaces;
}

bool has(const Space& s, CKind kind, const char* parameter)
{
    return std::any_of(s.constraints.begin(), s.constraints.end(),
                       [&](const Constraint& c) { return c.kind == kind && c.parameter == parameter; });
}

/// Number of values of a stage's parameter that its ranges leave.
double choices(const Space& s, const Distribution& d, const std::string& name, int stage)
{
    Table table(d);
    for (const Constraint& c : s.constraints) {
        const bool ofStage = c.parameter == name + std::to_string(stage);
        const bool ofAll = c.parameter == name && !(name == "d" && s.family == Space::Family::anyNet);
        if (c.kind == CKind::range && (ofStage || ofAll))
            table = table.restricted(c.low, c.high);
    }
    return static_cast<double>(table.values().size());
}

/// log10 of the choices over all stages; monotone ones are divided by S!, as the paper does, constant ones count once.
double log10Stages(const Space& s, const Distribution& d, const std::string& name)
{
    const bool once = has(s, CKind::shared, name.c_str()) || has(s, CKind::constant, name.c_str());
    double sum = 0;
    for (int stage = 1; stage <= (once ? 1 : s.stages); ++stage)
        sum += std::log10(choices(s, d, name, stage));
    if (has(s, CKind::increasing, name.c_str()) || has(s, CKind::decreasing, name.c_str()))
        sum -= std::log10(std::tgamma(s.stages + 1.0));
    return sum;
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
    for (const Space& s : namedSpaces()) {
        if (s.name == name)
            return s;
        names += (names.empty() ? "" : ", ") + s.name;
    }
    throw Error("There is no space named \"" + name + "\"; the named spaces are " + names + ".");
}

Space constrained(Space space, const Constraint& constraint)
{
    if (std::find(space.constraints.begin(), space.constraints.end(), constraint) == space.constraints.end())
        space.constraints.push_back(constraint);
    return space;
}

void check(const Space& space)
{
    const bool regNet = space.family == Space::Family::regNet;
    if (space.stages < 1 || space.stages > 16)
        throw Error("A space needs 1 to 16 stages.");
    for (const Constraint& c : space.constraints) {
        const std::string& p = c.parameter;
        if (p.rfind("w_", 0) == 0 && !regNet)
            throw Error("The constraint \"" + toText(c) + "\" applies to RegNet spaces only; " + space.name +
                        " has no " + p + ".");
        if (p.size() > 1 && std::isdigit(static_cast<unsigned char>(p[1])) && std::stoi(p.substr(1)) > space.stages)
            throw Error("The constraint \"" + toText(c) + "\" names a stage that " + space.name + " does not have (" +
                        std::to_string(space.stages) + " stages).");
    }
    Table{space.depth}, Table{space.bottleneckRatio}, Table{space.groupWidth};
    if (regNet)
        Table{space.initialWidth}, Table{space.slope}, Table{space.multiplier};
    else
        Table{space.width};
}

int dimensions(const Space& s)
{
    if (s.family == Space::Family::regNet)
        return 6;
    const auto count = [&](const char* name) {
        return has(s, CKind::shared, name) || has(s, CKind::constant, name) ? 1 : s.stages;
    };
    return count("d") + count("w") + count("b") + count("g");
}

double log10Size(const Space& s)
{
    if (s.family == Space::Family::anyNet)
        return log10Stages(s, s.depth, "d") + log10Stages(s, s.width, "w") + log10Stages(s, s.bottleneckRatio, "b") +
               log10Stages(s, s.groupWidth, "g");
    // The paper counts 64 values for each of d, w_0, w_a and w_m; a range leaves its share of them.
    double sum = 0;
    const std::pair<const Distribution*, const char*> continuous[] = {
        {&s.depth, "d"}, {&s.initialWidth, "w_0"}, {&s.slope, "w_a"}, {&s.multiplier, "w_m"}};
    for (const auto& [distribution, name] : continuous) {
        const double all = static_cast<double>(Table(*distribution).values().size());
        sum += std::log10(std::max(1.0, 64 * choices(s, *distribution, name, 0) / all));
    }
    return sum + std::log10(choices(s, s.bottleneckRatio, "b", 0)) + std::log10(choices(s, s.groupWidth, "g", 0));
}

} // namespace spacewright
