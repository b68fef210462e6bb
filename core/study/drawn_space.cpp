// Spaces with models drawn from them.
#include "core/study/drawn_space.h"
#include "core/design/fitted.h"
#include "core/design/single_network.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

Study createStudy(const std::filesystem::path& path, StudySpace root, const Recipe& recipe, std::int64_t n)
{
    const Draw drawn = draw(root.space, root.seed, n);
    root.nextIndex = drawn.nextIndex;
    Study study = Study::create(path, recipe);
    study.addSpace(root, drawn.samples);
    return study;
}

SpaceId addBeside(Study& study, const Space& space, std::int64_t n, std::stop_token stop)
{
    const std::vector<StudySpace> others = study.spaces();
    checkFree(others, space.name);
    if (others.empty())
        throw Error(study.path().string() + " holds no space yet, so its images are not known. Make the study anew.");
    const Network& like = others.front().space.prototype;
    StudySpace added;
    added.space = fittedTo(space, like.inputChannels, like.resolution, like.classes);
    added.seed = freshSeed(others);
    const Draw drawn = draw(added.space, added.seed, n, 0, {}, stop);
    added.nextIndex = drawn.nextIndex;
    return study.addSpace(added, drawn.samples);
}

AddedModel addCopy(Study& study, const EditedCopy& copy)
{
    check(copy.network);
    const Sample original = study.model(copy.of).sample;
    Space space = singleNetwork(copy.name, copy.network);
    if (original.rate)
        space.rate = RecipeRange{*original.rate, *original.rate};
    if (original.weightDecay)
        space.weightDecay = RecipeRange{*original.weightDecay, *original.weightDecay};
    const SpaceId id = addBeside(study, space, 1);
    const std::vector<Model> later = study.modelsAfter(copy.of);
    const auto found =
        std::find_if(later.rbegin(), later.rend(), [&](const Model& model) { return model.space == id; });
    return {id, found->id};
}

std::string nameOfCopy(const std::vector<std::string>& taken, ModelId of)
{
    const std::string plain = "edit of #" + std::to_string(static_cast<std::int64_t>(of));
    std::string name = plain;
    for (int n = 2; std::find(taken.begin(), taken.end(), name) != taken.end(); ++n)
        name = plain + " (" + std::to_string(n) + ")";
    return name;
}

std::uint64_t freshSeed(const std::vector<StudySpace>& spaces)
{
    std::uint64_t highest = 0;
    for (const StudySpace& space : spaces)
        highest = std::max(highest, space.seed);
    return highest + 1;
}

void checkFree(const std::vector<StudySpace>& spaces, const std::string& name)
{
    if (std::any_of(spaces.begin(), spaces.end(), [&](const StudySpace& other) { return other.space.name == name; }))
        throw Error("The study has a space named " + name + " already. Give the new one another name.");
}

} // namespace spacewright
