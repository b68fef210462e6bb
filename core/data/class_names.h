// What the classes of a data set are called.
#pragma once
#include <string>
#include <vector>

namespace spacewright {

/// One name for each class: those of a data set that is known by name, else "0", "1", ...
std::vector<std::string> classNames(const std::string& dataSet, int classes);

} // namespace spacewright
