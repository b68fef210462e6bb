// What a crash of a helper process does to its model.
#pragma once
#include "core/study/study.h"

namespace spacewright {

/// "was ended by signal 11 (SIGSEGV)", of a status as waitpid gives it.
std::string endText(int status);

/// Counts the crashes of each model, in memory: another start of the program begins at none.
class Crashes {
public:
    explicit Crashes(std::filesystem::path study) : m_study(std::move(study)) {}
    /// After the process is gone, which `reason` says: what it trained waits again, and the model that it trained has
    /// failed when this was its third crash. The model as it is now: it may also have got its result just before. None
    /// where the study cannot be used now: whoever trains next finds the model abandoned.
    std::optional<Model> settle(std::optional<ModelId>, const std::string& reason);

private:
    const std::filesystem::path m_study;
    std::map<ModelId, int> m_count;
};

} // namespace spacewright
