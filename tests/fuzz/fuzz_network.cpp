// Networks in this program's own JSON.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/network_json.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] {
        const Sample sample = sampleFrom(bytes);
        require(sampleFrom(toJson(sample)).network == sample.network, "a network that was written reads the same");
    });
    readOrRefuse([&] { recordFrom(bytes); });
}

} // namespace spacewright::fuzz
