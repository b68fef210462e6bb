// Narrowing a space, and whether its constraints apply to it.
#include "core/design/recipe_draw.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

Space constrained(Space space, const Constraint& constraint)
{
    if (std::find(space.constraints.begin(), space.constraints.end(), constraint) == space.constraints.end())
        space.constraints.push_back(constraint);
    return space;
}

std::string stagesText(const Space& space)
{
    return (space.fewestStages ? std::to_string(*space.fewestStages) + " to " : "") + std::to_string(space.stages);
}

void check(const Space& space)
{
    const bool regNet = space.family == Space::Family::regNet;
    if (space.stages < 1 || space.stages > 16)
        throw Error("A space needs 1 to 16 stages.");
    if (space.fewestStages && (!regNet || *space.fewestStages < 1 || *space.fewestStages >= space.stages))
        throw Error("Numbers of stages from \"fewest\" to \"most\" are for RegNet spaces, as [2, 4].");
    for (const Constraint& c : space.constraints) {
        const std::string& p = c.parameter;
        if (p.rfind("w_", 0) == 0 && !regNet)
            throw Error("The constraint \"" + toText(c) + "\" applies to RegNet spaces only; " + space.name +
                        " has no " + p + ".");
        if (p.size() > 1 && std::isdigit(static_cast<unsigned char>(p[1])) && std::stoi(p.substr(1)) > space.stages)
            throw Error("The constraint \"" + toText(c) + "\" names a stage that " + space.name + " does not have (" +
                        std::to_string(space.stages) + " stages).");
    }
    for (const Network& network : space.networks)
        check(network);
    RecipeDraw{space};
    Table{space.depth}, Table{space.bottleneckRatio}, Table{space.groupWidth};
    if (regNet)
        Table{space.initialWidth}, Table{space.slope}, Table{space.multiplier};
    else
        Table{space.width};
}

} // namespace spacewright
