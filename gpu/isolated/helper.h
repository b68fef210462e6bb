// What a helper process does: one worker, told by its input and heard by its output.
#pragma once
#include <optional>

namespace spacewright {

/// To be called first in `main`: where the program was started as a helper (`PROGRAM worker STUDY OPTIONS`) it trains
/// with one worker until that ends, writes its events to standard output and follows the orders on standard input
/// (wire.h). The end of the input stops it cleanly, so that nothing trains on for a program that was killed. The exit
/// code; none: it is no helper.
std::optional<int> helperMain(int argc, char* argv[]);

} // namespace spacewright
