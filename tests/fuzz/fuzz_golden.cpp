// Golden files, which `verify` and `bench train` read.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/golden_json.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] {
        const GoldenFile golden = goldenFrom(bytes);
        require(isGolden(bytes) && golden.network == networkFromGolden(bytes), "both readers see the same network");
        require(golden.logitsAfter.size() == golden.labels.size() * static_cast<std::size_t>(golden.network.classes),
                "there are logits for each image");
    });
    readOrRefuse([&] { complexity(networkFromGolden(bytes)); });
}

} // namespace spacewright::fuzz
