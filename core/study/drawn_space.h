// Spaces with models drawn from them: the first of a new study, and others beside it. Children: see refinement.h.
#pragma once
#include "core/study/study.h"

namespace spacewright {

/// A study of one space with `n` waiting models. They are drawn before the file is made, so that nothing half-made is
/// left when that fails.
Study createStudy(const std::filesystem::path&, StudySpace root, const Recipe&, std::int64_t n);

/// Puts a space of its own beside those that are there, such as a baseline: fitted to the images of the study, `n`
/// models drawn from a fresh seed. Throws Error for a name that is taken and as `draw` does; nothing is changed then.
SpaceId addBeside(Study&, const Space&, std::int64_t n, std::stop_token = {});

/// A network that was made by changing a model's.
struct EditedCopy {
    ModelId of{};
    std::string name; ///< of its space
    Network network;
};
struct AddedModel {
    SpaceId space{};
    ModelId model{};
};
/// Puts it beside the others as a space of one network, waiting to be trained by the recipe that the model was trained
/// by. Throws Error for a name that is taken and a network that cannot be built; nothing is changed then.
AddedModel addCopy(Study&, const EditedCopy&);
/// "edit of #7", or "edit of #7 (2)" where that name is taken.
std::string nameOfCopy(const std::vector<std::string>& taken, ModelId);

/// A seed that none of them has: of two spaces with one seed, sample i comes from the same random numbers.
std::uint64_t freshSeed(const std::vector<StudySpace>&);
/// Throws Error when one of them has the name.
void checkFree(const std::vector<StudySpace>&, const std::string& name);

} // namespace spacewright
