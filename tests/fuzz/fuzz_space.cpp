// Design spaces, as YAML, JSON or sweep setups.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/space_file.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] {
        const Space space = spaceFromText(bytes);
        require(spaceFromText(toText(space)) == space, "a space that was written reads the same");
        log10Size(space);
    });
}

} // namespace spacewright::fuzz
