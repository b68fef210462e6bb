// What lies in a folder.
#pragma once
#include <filesystem>
#include <set>
#include <string>

namespace spacewright {

inline std::set<std::string> namesIn(const std::filesystem::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.insert(entry.path().filename().string());
    return names;
}

} // namespace spacewright
