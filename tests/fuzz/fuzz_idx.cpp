// IDX files: images and labels, plain or gzipped.
#include "tests/fuzz/fuzz.h"
#include "core/data/idx.h"
#include "core/data/stored_images.h"

namespace spacewright::fuzz {

namespace fs = std::filesystem;

void readInput(const std::string& bytes)
{
    const std::pair<std::string, std::string> parts = twoParts(bytes);
    readOrRefuse([&] {
        const fs::path images = fileWith(parts.first, "images"), labels = fileWith(parts.second, "labels");
        const ImageSet set = readStored(images, {}, {}, [&](ImageSink& sink) {
                                 readIdx(images, labels, Part::training, sink);
                                 return DataFiles();
                             }).training;
        require(set.labels.size() == std::size_t(set.count), "there is a label for each image");
        require(set.pixels.size() == std::size_t(set.count) * set.valuesPerImage(), "all images are there");
    });
}

} // namespace spacewright::fuzz
