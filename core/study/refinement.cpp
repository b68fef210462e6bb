// Narrowing a space of a study.
#include "core/study/refinement.h"
#include "core/study/drawn_space.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {
namespace {

struct Reusable {
    std::vector<ModelId> models;
    std::vector<Network> networks;
};

Reusable reusable(const Study& study, const Refinement& refinement)
{
    const std::vector<ModelId> inherited = study.reused()[refinement.parent];
    Reusable result;
    for (const Model& model : study.models()) {
        const bool belongs =
            model.space == refinement.parent || std::binary_search(inherited.begin(), inherited.end(), model.id);
        if (!belongs || !isReusable(model, refinement.added))
            continue;
        result.models.push_back(model.id);
        result.networks.push_back(model.sample.network);
    }
    return result;
}

} // namespace

bool isReusable(const Model& model, const std::vector<Constraint>& added)
{
    return (model.state == ModelState::finished || model.state == ModelState::diverged) &&
           std::all_of(added.begin(), added.end(),
                       [&](const Constraint& constraint) { return fulfils(model.sample, constraint); });
}

SpaceId refine(Study& study, const Refinement& refinement, std::stop_token stop)
{
    const std::vector<StudySpace> spaces = study.spaces();
    StudySpace child = study.space(refinement.parent);
    child.parent = refinement.parent;
    child.added = refinement.added;
    child.note = refinement.note;
    child.seed = freshSeed(spaces);
    for (const Constraint& constraint : refinement.added)
        child.space = constrained(child.space, constraint);
    child.space.name = refinement.name;
    check(child.space);
    checkFree(spaces, refinement.name);
    const Reusable reused = reusable(study, refinement);
    if (!child.importedFrom.empty()) { // a part of what was imported
        if (reused.models.empty())
            throw Error("None of the models that were imported from " + child.importedFrom +
                        " fulfils this, and none can be drawn. Choose wider limits.");
        return study.addSpace(child, {}, reused.models);
    }
    const auto missing = std::max<std::int64_t>(0, refinement.models - std::ssize(reused.models));
    const Draw drawn = draw(child.space, child.seed, missing, 0, reused.networks, stop);
    child.nextIndex = drawn.nextIndex;
    return study.addSpace(child, drawn.samples, reused.models);
}

} // namespace spacewright
