// The description of a bundle that a cluster's elements are pointed to.
#include "tests/fuzz/fuzz.h"
#include "core/cluster/bundle.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const std::filesystem::path folder = fileWith(bytes, "bundle.json").parent_path();
    readOrRefuse([&] { require(Bundle(folder).models() >= 0, "a bundle has as many models as none, or more"); });
}

} // namespace spacewright::fuzz
