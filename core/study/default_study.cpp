// The study that the program opens with when it is given none.
#include "core/study/default_study.h"
#include "core/design/fitted.h"
#include "core/study/drawn_space.h"

namespace spacewright {

Study createDefaultStudy(const std::filesystem::path& path)
{
    constexpr std::int64_t modelsPerSpace = 24;
    StudySpace wide;
    wide.space = constrained(fittedTo(namedSpace("AnyNetX_A"), 1, 28, 10), constraintFrom("flops=1.5M:2M"));
    StudySpace narrow = wide;
    narrow.space.name = "AnyNetX_D";
    narrow.note = "Do one bottleneck ratio, one group width and widths that increase make better networks?";
    for (const char* text : {"shared b", "shared g", "increasing w"}) {
        narrow.added.push_back(constraintFrom(text));
        narrow.space = constrained(narrow.space, narrow.added.back());
    }
    const Draw drawn = draw(narrow.space, narrow.seed, modelsPerSpace);
    narrow.nextIndex = drawn.nextIndex;
    Study study = createStudy(path, wide, Recipe{}, modelsPerSpace);
    narrow.parent = study.spaces().front().id;
    study.addSpace(narrow, drawn.samples);
    return study;
}

} // namespace spacewright
