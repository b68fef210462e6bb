// Writes and reads safetensors: 8 bytes header length (little endian), JSON header, then the arrays' bytes.
#include "core/exchange/safetensors.h"
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <fcntl.h>
#include <unistd.h>

namespace spacewright {

namespace {

using nlohmann::json;
static_assert(std::endian::native == std::endian::little, "the file's numbers are little endian");

class File {
public:
    File(const std::filesystem::path& path, int flags) : m_path(path), m_file(open(path.c_str(), flags, 0644))
    {
        if (m_file < 0)
            fail();
    }
    ~File() { close(m_file); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void write(const void* data, std::size_t size)
    {
        for (const char* at = static_cast<const char*>(data); size > 0;) {
            const ssize_t written = ::write(m_file, at, size);
            if (written < 0 && errno != EINTR)
                fail();
            if (written > 0) {
                at += written;
                size -= static_cast<std::size_t>(written);
            }
        }
    }
    void sync()
    {
        if (fsync(m_file) != 0)
            fail();
    }
    [[noreturn]] void fail() const
    {
        throw Error("The weights cannot be written to " + m_path.string() + ": " + std::strerror(errno) +
                    ". What was saved before is safe; make room or give write permission there and start again.");
    }

private:
    std::filesystem::path m_path;
    int m_file;
};

std::string header(const Checkpoint& checkpoint)
{
    json header;
    if (!checkpoint.metadata.empty())
        header["__metadata__"] = checkpoint.metadata;
    std::uint64_t offset = 0;
    for (const NamedArray& array : checkpoint.arrays) {
        const std::uint64_t end = offset + array.values.size() * sizeof(float);
        header[array.name] = {{"dtype", "F32"}, {"shape", array.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // readers that map the file want aligned numbers
    return text;
}

/// The whole file under a temporary name, on the disk for certain, then under its own.
void writeThrough(const Checkpoint& checkpoint, const std::filesystem::path& temporary,
                  const std::filesystem::path& path)
{
    File file(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    const std::string text = header(checkpoint);
    const std::uint64_t size = text.size();
    file.write(&size, sizeof size);
    file.write(text.data(), text.size());
    for (const NamedArray& array : checkpoint.arrays)
        file.write(array.values.data(), array.values.size() * sizeof(float));
    file.sync();
    if (std::rename(temporary.c_str(), path.c_str()) != 0)
        file.fail();
}

struct Entry {
    NamedArray array; ///< without its values
    std::uint64_t begin = 0, end = 0;
};

/// The arrays that the header promises, in order of the file; they must fill `dataSize` bytes without gap or overlap.
std::vector<Entry> entries(const json& header, std::uint64_t dataSize)
{
    std::vector<Entry> result;
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__")
            continue;
        if (value.at("dtype") != "F32")
            throw Error("\"" + name + "\" is not of 32-bit floats");
        const std::vector<std::uint64_t> offsets = value.at("data_offsets");
        result.push_back({{name, value.at("shape"), {}}, offsets.at(0), offsets.at(1)});
    }
    std::sort(result.begin(), result.end(), [](const Entry& a, const Entry& b) { return a.begin < b.begin; });
    std::uint64_t expected = 0;
    for (const Entry& entry : result) {
        std::uint64_t bytes = sizeof(float);
        for (std::int64_t n : entry.array.shape) {
            if (n < 1 || bytes > dataSize / static_cast<std::uint64_t>(n))
                throw Error("\"" + entry.array.name + "\" has an impossible shape");
            bytes *= static_cast<std::uint64_t>(n);
        }
        if (entry.begin != expected || entry.end != expected + bytes || entry.end > dataSize)
            throw Error("\"" + entry.array.name + "\" does not lie where the header says");
        expected = entry.end;
    }
    if (expected != dataSize)
        throw Error("it holds more data than its header says");
    return result;
}

Checkpoint read(std::ifstream& file, std::uint64_t fileSize)
{
    std::uint64_t headerSize = 0;
    if (fileSize < sizeof headerSize || !file.read(reinterpret_cast<char*>(&headerSize), sizeof headerSize) ||
        headerSize > fileSize - sizeof headerSize)
        throw Error("it is shorter than its header says");
    std::string text(headerSize, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(headerSize)))
        throw Error("it cannot be read to its end");
    const json header = json::parse(text);

    Checkpoint checkpoint;
    if (header.contains("__metadata__"))
        checkpoint.metadata = header["__metadata__"];
    for (Entry& entry : entries(header, fileSize - sizeof headerSize - headerSize)) {
        entry.array.values.resize((entry.end - entry.begin) / sizeof(float));
        if (!file.read(reinterpret_cast<char*>(entry.array.values.data()),
                       static_cast<std::streamsize>(entry.end - entry.begin)))
            throw Error("it cannot be read to its end");
        checkpoint.arrays.push_back(std::move(entry.array));
    }
    return checkpoint;
}

} // namespace

void save(const Checkpoint& checkpoint, const std::filesystem::path& path)
{
    std::error_code ignored; // a folder that cannot be made shows as a file that cannot be opened
    std::filesystem::create_directories(path.parent_path(), ignored);
    const std::filesystem::path temporary = path.string() + ".part";
    try {
        writeThrough(checkpoint, temporary, path);
    } catch (const Error&) {
        std::filesystem::remove(temporary, ignored); // on a full disk the study needs the room to record its state
        throw;
    }
    File(path.parent_path(), O_RDONLY | O_DIRECTORY | O_CLOEXEC).sync(); // the new name must survive a power cut too
}

Checkpoint loadCheckpoint(const std::filesystem::path& path)
{
    try {
        std::ifstream file(path, std::ios::binary);
        if (!file)
            throw Error("it cannot be opened");
        return read(file, std::filesystem::file_size(path));
    } catch (const std::exception& problem) {
        throw Error("The file " + path.string() + " holds no usable weights: " + problem.what() + ".");
    }
}

} // namespace spacewright
