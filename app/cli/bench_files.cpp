// What benchmarks of study files need: a folder and models.
#include "app/cli/bench.h"
#include "core/error.h"
#include <unistd.h>

namespace spacewright {

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "spacewright-bench-XXXXXX").string();
    if (!mkdtemp(name.data()))
        throw Error("No folder can be made in " + std::filesystem::temp_directory_path().string() +
                    ". Make room there, or set TMPDIR.");
    m_path = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::vector<Sample> repeatedSamples(std::int64_t n)
{
    const std::vector<Sample> drawn = draw(namedSpace("AnyNetX_A"), 1, 1000).samples;
    std::vector<Sample> result;
    for (std::int64_t i = 0; i < n; ++i) {
        result.push_back(drawn[static_cast<std::size_t>(i) % drawn.size()]);
        result.back().index = i;
    }
    return result;
}

} // namespace spacewright
