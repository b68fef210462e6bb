// The files that inputs are put into, and libFuzzer's entry.
#include "tests/fuzz/fuzz.h"
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace spacewright::fuzz {
namespace {

class Folder {
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "spacewright-fuzz-XXXXXX").string();
        if (!mkdtemp(name.data()))
            std::abort();
        m_path = name;
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace

std::filesystem::path fileWith(const std::string& bytes, const std::string& name)
{
    static const Folder folder;
    const std::filesystem::path path = folder.path() / name;
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    require(static_cast<bool>(file.flush()), "the temporary folder can be written");
    return path;
}

std::pair<std::string, std::string> twoParts(const std::string& bytes)
{
    const std::string line = "\n---\n";
    const std::size_t end = bytes.find(line);
    if (end == std::string::npos)
        return {bytes, ""};
    return {bytes.substr(0, end), bytes.substr(end + line.size())};
}

void require(bool holds, const char* promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "It does not hold that %s.\n", promise);
    std::abort();
}

} // namespace spacewright::fuzz

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size)
{
    spacewright::fuzz::readInput(std::string(reinterpret_cast<const char*>(bytes), size));
    return 0;
}
