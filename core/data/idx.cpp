// Reads IDX files through zlib, which takes plain files as well as gzipped ones.
#include "core/data/idx.h"
#include "core/error.h"
#include <algorithm>
#include <limits>
#include <memory>
#include <zlib.h>

namespace spacewright {
namespace {

constexpr int largestSize = 4096; ///< pixels; beyond that a header is taken as broken

class IdxFile {
public:
    explicit IdxFile(const std::filesystem::path& path) : m_path(path), m_file(gzopen(path.c_str(), "rb"), gzclose)
    {
        if (!m_file)
            throw Error("The image file " + path.string() + " cannot be opened. Check that it exists and is readable.");
    }

    [[noreturn]] void fail(const std::string& what) const
    {
        throw Error("The image file " + m_path.string() + " cannot be used: " + what +
                    ". Nothing was changed; replace it with the original file.");
    }

    /// A big-endian number of the header.
    std::uint32_t number()
    {
        std::uint8_t bytes[4];
        if (readSome(bytes, 4) < 4)
            fail("it ends within its header");
        return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
    }

    /// The number of items; `magic` says what kind of file this must be.
    int count(std::uint32_t magic, const char* kind)
    {
        if (number() != magic)
            fail(std::string("it is not an IDX file of ") + kind + " (wrong first four bytes)");
        const std::uint32_t count = number();
        if (count == 0 || count > static_cast<std::uint32_t>(std::numeric_limits<int>::max()))
            fail("its header says " + std::to_string(count) + " " + kind);
        return static_cast<int>(count);
    }

    /// Exactly `expected` bytes and then the end. Grows with what is really there, whatever the header says.
    std::vector<std::uint8_t> rest(std::uint64_t expected)
    {
        std::vector<std::uint8_t> bytes;
        while (bytes.size() < expected) {
            const std::size_t before = bytes.size();
            const std::size_t step = std::min<std::uint64_t>(expected - before, std::size_t{1} << 20);
            bytes.resize(before + step);
            const std::size_t got = readSome(bytes.data() + before, static_cast<unsigned>(step));
            if (got < step)
                fail("it holds " + std::to_string(before + got) + " bytes of data where its header promises " +
                     std::to_string(expected));
        }
        std::uint8_t extra;
        if (readSome(&extra, 1) > 0)
            fail("it holds more data than the " + std::to_string(expected) + " bytes its header promises");
        return bytes;
    }

private:
    std::size_t readSome(std::uint8_t* bytes, unsigned size)
    {
        const int got = gzread(m_file.get(), bytes, size);
        int code = Z_OK;
        const char* message = gzerror(m_file.get(), &code);
        if (got < 0 || code == Z_BUF_ERROR)
            fail(code == Z_BUF_ERROR ? "its compressed data ends too early" : std::string("reading fails, ") + message);
        return static_cast<std::size_t>(got);
    }

    std::filesystem::path m_path;
    std::unique_ptr<gzFile_s, int (*)(gzFile)> m_file;
};

} // namespace

ImageSet readIdx(const std::filesystem::path& images, const std::filesystem::path& labels)
{
    ImageSet set;
    IdxFile imageFile(images);
    set.count = imageFile.count(0x803, "images");
    const std::uint32_t height = imageFile.number(), width = imageFile.number();
    if (height != width || height < 1 || height > largestSize)
        imageFile.fail("its images are " + std::to_string(height) + " x " + std::to_string(width) +
                       " pixels where square ones of at most " + std::to_string(largestSize) + " are needed");
    set.size = static_cast<int>(height);
    set.pixels = imageFile.rest(std::uint64_t{height} * width * static_cast<std::uint64_t>(set.count));

    IdxFile labelFile(labels);
    if (const int count = labelFile.count(0x801, "labels"); count != set.count)
        labelFile.fail("it has " + std::to_string(count) + " labels for " + std::to_string(set.count) + " images");
    set.labels = labelFile.rest(static_cast<std::uint64_t>(set.count));
    set.classes = *std::max_element(set.labels.begin(), set.labels.end()) + 1;
    return set;
}

} // namespace spacewright
