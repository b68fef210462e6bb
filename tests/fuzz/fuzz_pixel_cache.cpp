// The decoded images that lie beside a folder of pictures.
#include "tests/fuzz/fuzz.h"
#include "core/data/pixel_cache.h"
#include <numeric>

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const auto files = readPixelCache(fileWith(bytes, "cache"));
    if (!files)
        return;
    for (const ImageSet* set : {&files->training, &files->validation, &files->test}) {
        require(set->labels.size() == std::size_t(set->count), "there is a label for each image");
        require(set->pixels.size() == std::size_t(set->count) * set->valuesPerImage(), "all images are there");
        const std::int64_t sum = std::accumulate(set->pixels.begin(), set->pixels.end(), std::int64_t{0});
        require(sum >= 0, "each pixel can be read");
    }
}

} // namespace spacewright::fuzz
