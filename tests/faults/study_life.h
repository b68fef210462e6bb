// The life of a small study, step by step, and its content as one text.
#pragma once
#include "core/study/study.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spacewright::faults {

struct Life {
    std::filesystem::path file;
    std::optional<Study> study{}; ///< the connection; a step opens it where there is none
};

/// Each is one transaction of the study, or none.
struct Step {
    const char* name;
    std::function<void(Life&)> work;
    bool mayHappen = false; ///< also where it failed: it is more than one transaction
};
const std::vector<Step>& steps(); ///< the first makes the study

/// All rows of all tables, with the version; a fresh connection reads them. "no study" (why, behind it) where the file
/// is none yet or none any more.
std::string contentOf(const std::filesystem::path&);

/// contentOf, remembered by the bytes of the files: most faults leave them as they were.
class Contents {
public:
    const std::string& of(const std::filesystem::path&);

private:
    std::map<std::string, std::string> m_known;
};

/// Brings a new study back to the version before the last.
void makeOld(const std::filesystem::path&);

} // namespace spacewright::faults
