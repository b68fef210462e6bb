// Sweep setups of pycls.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/sweep_setup.h"
#include "core/exchange/yaml_json.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] { toSweepSetup(spaceFromSweepSetup(yamlToJson(bytes, "The setup")), Recipe{}, 10, 1); });
}

} // namespace spacewright::fuzz
