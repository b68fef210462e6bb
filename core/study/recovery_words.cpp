// What was saved of a damaged study, in words.
#include "core/study/recovery.h"
#include "core/counted.h"
#include <algorithm>

namespace spacewright {

namespace {

template <class Id>
void say(std::vector<std::string>& phrases, const std::string& what, const std::vector<Id>& ids)
{
    if (ids.empty())
        return;
    constexpr std::size_t shown = 20;
    std::string phrase = what + ": " + std::to_string(ids.size()) + " (";
    for (std::size_t i = 0; i < std::min(shown, ids.size()); ++i)
        phrase += (i > 0 ? ", " : "") + std::to_string(std::int64_t(ids.at(i)));
    phrases.push_back(phrase + (ids.size() > shown ? ", ...)" : ")"));
}

} // namespace

bool Recovery::isWhole() const
{
    return !backup && !endUnreadable && !otherLost && lostSpaces.empty() && lostModels.empty() && lostEpochs.empty();
}

std::vector<std::string> describe(const Recovery& found)
{
    std::vector<std::string> phrases{counted(std::ssize(found.content.spaces), "space") + " and " +
                                     counted(std::ssize(found.content.models), "model")};
    if (found.recipeFromBackup)
        phrases.emplace_back("how they are trained, from the backup");
    say(phrases, "spaces from the backup", found.spacesFromBackup);
    say(phrases, "models as they were in the backup", found.modelsFromBackup);
    say(phrases, "models whose epochs are from the backup", found.epochsFromBackup);
    say(phrases, "spaces that are lost", found.lostSpaces);
    say(phrases, "models that are lost", found.lostModels);
    say(phrases, "models of whose epochs some are lost", found.lostEpochs);
    if (found.otherLost)
        phrases.emplace_back("some marks are lost: what was set aside, reused or tested");
    if (found.endUnreadable)
        phrases.emplace_back("what followed the last of them cannot be read: there may have been more");
    if (found.backup)
        phrases.push_back("the backup is " + found.backup->string());
    if (found.isWhole())
        phrases.emplace_back("nothing that could be looked for is missing");
    return phrases;
}

} // namespace spacewright
