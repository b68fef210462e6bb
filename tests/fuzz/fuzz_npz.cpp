// Images and labels in NumPy's archives.
#include "tests/fuzz/fuzz.h"
#include "core/data/npz.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] { readNpz(fileWith(bytes, "data.npz"), {}); });
}

} // namespace spacewright::fuzz
