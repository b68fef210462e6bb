// The network of a golden file: what the authors' code was run with, beside the numbers that it computed.
#pragma once
#include "core/network/network.h"
#include <string>

namespace spacewright {

/// Whether the text is a JSON object with "args", as golden files are and our own networks are not.
bool isGolden(const std::string& json);
/// Reads "args" and the input's shape. Throws Error naming what is missing or wrong.
Network networkFromGolden(const std::string& json);

} // namespace spacewright
