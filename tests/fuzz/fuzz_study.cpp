// Study files: SQLite databases that somebody else may have made.
#include "tests/fuzz/fuzz.h"
#include "core/exchange/capsule.h"
#include "core/study/integrity.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const std::filesystem::path file = fileWith(bytes, "my.study");
    readOrRefuse([&] { checkIntegrity(file); });
    readOrRefuse(
        [&] { writeCapsule(file.parent_path() / "capsule.zip", Study(file, Study::Access::readOnly).content(), {}); });
    readOrRefuse([&] {
        Study study(file, Study::Access::readWrite);
        if (const auto model = study.claimNext())
            study.finish(model->id, ModelState::finished, 50, "", 1, 1);
        study.counts();
        study.modelsSince(0);
    });
}

} // namespace spacewright::fuzz
