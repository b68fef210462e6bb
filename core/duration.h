// Times as a person reads them.
#pragma once
#include <string>

namespace spacewright {

/// "2 min 10 s", "1 h 5 min", "8 s".
std::string durationText(double seconds);
/// "2 min 10 s ± 20 s", or "6 min (3 min to 21 min)" for a wide interval: rounded to what the interval leaves of it.
std::string durationText(double seconds, double low, double high);

} // namespace spacewright
