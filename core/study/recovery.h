// What can be saved of a damaged study.
#pragma once
#include "core/study/study.h"

namespace spacewright {

struct Recovery {
    StudyContent content;
    std::optional<std::filesystem::path> backup; ///< that filled what could not be read
    bool recipeFromBackup = false;
    std::vector<SpaceId> spacesFromBackup, lostSpaces;
    std::vector<ModelId> modelsFromBackup, lostModels; ///< of what follows the last readable one nothing is known
    std::vector<ModelId> epochsFromBackup, lostEpochs; ///< models with a result whose epochs are not all there
    bool endUnreadable = false; ///< of the spaces or models: some behind the last readable one may be lost too
    bool otherLost = false;     ///< some marks of what is set aside, reused or tested
    bool isWhole() const;       ///< all of it was readable
};

/// Reads row by row what is sound, and takes the rest from the newest sound backup. The file is left as it is. Throws
/// Error when neither says how the study trains.
Recovery recover(const std::filesystem::path& damaged);

/// Makes a study of it, and looks whether that is sound. Throws Error.
void writeRecovered(const Recovery&, const std::filesystem::path& study);

/// What was saved, what came from the backup, and what is lost: the count first, then a phrase for each.
std::vector<std::string> describe(const Recovery&);

} // namespace spacewright
