// The paper's own walk, one step at a time.
#include "core/figures/paper_path.h"
#include "core/figures/roles.h"
#include "core/study/drawn_space.h"
#include "core/study/refinement.h"
#include <algorithm>

namespace spacewright {
namespace {

bool isComplexityLimit(const Constraint& c)
{
    return c.parameter == "flops" || c.parameter == "params" || c.parameter == "acts";
}

/// The step from a space with this letter.
std::optional<PaperStep> stepFrom(char letter)
{
    const auto narrowed = [](const char* name, const char* constraint, const char* why) {
        const Constraint added = constraintFrom(constraint);
        return PaperStep{name, describe(added), added, why};
    };
    switch (letter) {
    case 'A':
        return narrowed("AnyNetX_B", "shared b",
                        "Paper, section 3.2: does one bottleneck ratio for all stages cost accuracy?");
    case 'B':
        return narrowed("AnyNetX_C", "shared g",
                        "Paper, section 3.2: does one group width for all stages cost accuracy?");
    case 'C':
        return narrowed("AnyNetX_D", "increasing w", "Paper, section 3.2: good networks have increasing widths.");
    case 'D':
        return narrowed("AnyNetX_E", "increasing d", "Paper, section 3.2: good networks have increasing depths too.");
    case 'E':
        return PaperStep{"RegNetX", "widths that follow a quantised line", std::nullopt,
                         "Paper, section 3.3: the widths of E's best networks lie on a line of the block index."};
    default:
        return std::nullopt;
    }
}

/// Whether the child is what the step from its parent makes.
bool isStep(const StudySpace& child, char parentLetter)
{
    return parentLetter == 'E' ? isRegNet(child.space) && restrictions(child.space).empty()
                               : anyNetLetter(child.space) == parentLetter + 1;
}

Space regNetLike(const Space& parent, const std::string& name)
{
    Space regNet = namedSpace("RegNetX");
    regNet.name = name;
    regNet.stages = parent.stages;
    regNet.stride = parent.stride;
    regNet.prototype = parent.prototype;
    regNet.bottleneckRatio = parent.bottleneckRatio;
    regNet.groupWidth = parent.groupWidth;
    regNet.rate = parent.rate;
    regNet.weightDecay = parent.weightDecay;
    for (const Constraint& constraint : parent.constraints)
        if (isComplexityLimit(constraint))
            regNet = constrained(regNet, constraint);
    return regNet;
}

} // namespace

PaperPlace paperPlace(const std::vector<StudySpace>& spaces, SpaceId start)
{
    PaperPlace place{start, {}};
    for (;;) {
        const auto here =
            std::find_if(spaces.begin(), spaces.end(), [&](const StudySpace& space) { return space.id == place.from; });
        const char letter = here == spaces.end() ? 0 : anyNetLetter(here->space);
        place.step = stepFrom(letter);
        if (!place.step)
            return place;
        const auto next = std::find_if(spaces.begin(), spaces.end(), [&](const StudySpace& space) {
            return space.parent == place.from && !space.setAside && isStep(space, letter);
        });
        if (next != spaces.end()) {
            place.from = next->id;
            continue;
        }
        const auto taken = [&](const StudySpace& space) { return space.space.name == place.step->name; };
        while (std::any_of(spaces.begin(), spaces.end(), taken))
            place.step->name += "'";
        return place;
    }
}

SpaceId takePaperStep(Study& study, SpaceId from, const PaperStep& step, std::int64_t models, std::stop_token stop)
{
    if (step.constraint)
        return refine(study, {from, step.name, {*step.constraint}, step.why, models}, stop);
    const std::vector<StudySpace> spaces = study.spaces();
    checkFree(spaces, step.name);
    StudySpace child;
    child.parent = from;
    child.space = regNetLike(study.space(from).space, step.name);
    child.note = step.why;
    child.seed = freshSeed(spaces);
    const Draw drawn = draw(child.space, child.seed, models, 0, {}, stop);
    child.nextIndex = drawn.nextIndex;
    return study.addSpace(child, drawn.samples);
}

} // namespace spacewright
