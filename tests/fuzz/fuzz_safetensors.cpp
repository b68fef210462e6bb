// Weights in the safetensors layout.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/safetensors.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] { loadCheckpoint(fileWith(bytes, "1.safetensors")); });
}

} // namespace spacewright::fuzz
