// Through zlib, which takes plain files as well as gzipped ones.
#include "core/data/gz_file.h"
#include "core/data/read_limit.h"
#include "core/error.h"
#include <algorithm>
#include <zlib.h>

namespace spacewright {

GzFile::GzFile(const std::filesystem::path& path) : m_path(path), m_file(gzopen(path.c_str(), "rb"), gzclose)
{
    if (!m_file)
        throw Error("The data file " + path.string() + " cannot be opened. Check that it exists and is readable.");
}

void GzFile::fail(const std::string& what) const
{
    throw Error("The data file " + m_path.string() + " cannot be used: " + what +
                ". Nothing was changed; replace it with the original file.");
}

std::size_t GzFile::read(std::uint8_t* bytes, std::size_t size)
{
    const int got = gzread(m_file.get(), bytes, static_cast<unsigned>(size));
    int code = Z_OK;
    const char* message = gzerror(m_file.get(), &code);
    if (got < 0 || code == Z_BUF_ERROR)
        fail(code == Z_BUF_ERROR ? "its compressed data ends too early" : std::string("reading fails, ") + message);
    m_read += static_cast<std::uint64_t>(got);
    if (const std::string problem = absurdSize(m_read, static_cast<std::uint64_t>(gzoffset(m_file.get())));
        !problem.empty())
        fail(problem);
    return static_cast<std::size_t>(got);
}

std::vector<std::uint8_t> GzFile::rest(std::uint64_t expected)
{
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < expected) {
        const std::size_t before = bytes.size();
        const std::size_t step = std::min<std::uint64_t>(expected - before, std::size_t{1} << 20);
        bytes.resize(before + step);
        const std::size_t got = read(bytes.data() + before, step);
        if (got < step)
            failShort(before + got, expected);
    }
    requireEnd(expected);
    return bytes;
}

void GzFile::records(std::vector<std::uint8_t>& buffer, std::size_t count, const std::function<void(std::size_t)>& use)
{
    const std::uint64_t size = buffer.size(), expected = size * count;
    for (std::size_t i = 0; i < count; ++i) {
        if (const std::size_t got = read(buffer.data(), buffer.size()); got < size)
            failShort(i * size + got, expected);
        use(i);
    }
    requireEnd(expected);
}

void GzFile::failShort(std::uint64_t got, std::uint64_t expected) const
{
    fail("it holds " + std::to_string(got) + " bytes of data where " + std::to_string(expected) + " are promised");
}

void GzFile::requireEnd(std::uint64_t expected)
{
    std::uint8_t extra;
    if (read(&extra, 1) > 0)
        fail("it holds more data than the " + std::to_string(expected) + " bytes that are promised");
}

} // namespace spacewright
