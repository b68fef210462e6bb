// Whole studies as archives, opened as a study.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/capsule.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const std::filesystem::path study = fileWith("", "opened.study");
    std::filesystem::remove(study);
    readOrRefuse([&] { Study::create(study, readCapsule(fileWith(bytes, "capsule.zip")).content); });
}

} // namespace spacewright::fuzz
