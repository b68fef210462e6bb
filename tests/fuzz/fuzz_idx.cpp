// IDX files: images and labels, plain or gzipped.
#include "tests/fuzz/fuzz.h"
#include "core/data/idx.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const std::pair<std::string, std::string> parts = twoParts(bytes);
    std::vector<std::string> notes;
    readOrRefuse([&] {
        const ImageSet set = readIdx(fileWith(parts.first, "images"), fileWith(parts.second, "labels"), notes);
        require(set.labels.size() == std::size_t(set.count), "there is a label for each image");
        require(set.pixels.size() == std::size_t(set.count) * set.valuesPerImage(), "all images are there");
    });
}

} // namespace spacewright::fuzz
