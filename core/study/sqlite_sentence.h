// SQLite's result codes as sentences.
#pragma once
#include <string>

namespace spacewright {

inline constexpr int busyMilliseconds = 10'000; ///< how long a connection waits for others

/// What happened to the file, what is safe, and what to do; `detail` is SQLite's own message. Of damage not
/// what to do: DamagedStudy knows.
std::string sentence(int code, const std::string& file, const std::string& detail);
bool mayPassLater(int code); ///< whether the same step may succeed later

} // namespace spacewright
