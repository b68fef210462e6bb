// PNG and JPEG pictures.
#include "tests/fuzz/fuzz.h"
#include "core/data/picture.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const std::filesystem::path file = fileWith(bytes, "picture.png");
    readOrRefuse([&] { squarePlanes(decodePicture(file, inspectPicture(file).channels), 32); });
    readOrRefuse([&] { squarePlanes(decodePicture(file, 1), 32); });
}

} // namespace spacewright::fuzz
