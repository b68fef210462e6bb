// Numbers of things as a person reads them.
#pragma once
#include <cstdint>
#include <string>

namespace spacewright {

/// "1 model", "3 models".
inline std::string counted(std::int64_t n, const std::string& thing)
{
    return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
}

} // namespace spacewright
