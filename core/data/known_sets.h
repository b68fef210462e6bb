// Data sets that are known by name.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace spacewright {

/// Rather than a path.
bool isDataSetName(const std::string&);

/// The folder of a name, or the path itself. Throws Error with the command that installs what is missing.
std::filesystem::path findDataSet(const std::string& nameOrPath, bool testOnly);

/// The published names of its classes in the order of their labels; none for a path.
std::vector<std::string> knownClassNames(const std::string& nameOrPath);

} // namespace spacewright
