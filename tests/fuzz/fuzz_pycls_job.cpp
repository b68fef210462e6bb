// Jobs of pycls, as YAML.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/pycls_yaml.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] { toPyclsYaml(sampleFromPyclsYaml(bytes), Recipe{}); });
}

} // namespace spacewright::fuzz
