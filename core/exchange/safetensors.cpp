// Writes and reads safetensors: 8 bytes header length (little endian), JSON header, then the arrays' bytes.
#include "core/exchange/safetensors.h"
#include "core/error.h"
#include "core/whole_file.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <bit>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace spacewright {

namespace {

using nlohmann::json;
static_assert(std::endian::native == std::endian::little, "the file's numbers are little endian");

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

constexpr std::uint64_t longestHeader = 100'000'000; // bytes, as in the format's own library

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

/// An ordinary file, open for reading.
class File {
public:
    explicit File(const std::filesystem::path& path)
    {
        std::error_code unknown;
        const auto status = std::filesystem::symlink_status(path, unknown);
        if (std::filesystem::is_symlink(status))
            throw Error("it is a link to another file, and links are not followed");
        if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
            throw Error("it is no ordinary file"); // opening a pipe would wait for whoever writes into it
        m_file = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (m_file < 0)
            throw Error("it cannot be opened");
    }
    ~File() { close(m_file); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    std::uint64_t size() const
    {
        struct stat status {};
        return fstat(m_file, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
    }
    void read(void* bytes, std::uint64_t size)
    {
        for (char* next = static_cast<char*>(bytes); size > 0;) {
            const ssize_t count = ::read(m_file, next, size);
            if (count == 0 || (count < 0 && errno != EINTR))
                throw Error("it cannot be read to its end");
            next += std::max<ssize_t>(count, 0);
            size -= static_cast<std::uint64_t>(std::max<ssize_t>(count, 0));
        }
    }

private:
    int m_file = -1;
};

Checkpoint read(File& file, std::uint64_t mostNumbers)
{
    const std::uint64_t fileSize = file.size();
    std::uint64_t headerSize = 0;
    if (fileSize < sizeof headerSize)
        throw Error("it is shorter than its header says");
    file.read(&headerSize, sizeof headerSize);
    if (headerSize > fileSize - sizeof headerSize)
        throw Error("it is shorter than its header says");
    if (headerSize > longestHeader)
        throw Error("its header is longer than any is");
    const std::uint64_t dataSize = fileSize - sizeof headerSize - headerSize;
    if (dataSize / sizeof(float) > mostNumbers)
        throw Error("it holds more than the training of its network does");
    std::string text(headerSize, '\0');
    file.read(text.data(), headerSize);
    const json header = json::parse(text);

    Checkpoint checkpoint;
    if (header.contains("__metadata__"))
        checkpoint.metadata = header["__metadata__"];
    for (Entry& entry : entries(header, dataSize)) {
        entry.array.values.resize((entry.end - entry.begin) / sizeof(float));
        file.read(entry.array.values.data(), entry.end - entry.begin);
        checkpoint.arrays.push_back(std::move(entry.array));
    }
    return checkpoint;
}

Checkpoint load(const std::filesystem::path& path, std::uint64_t mostNumbers)
{
    errno = 0;
    try {
        File file(path);
        return read(file, mostNumbers);
    } catch (const std::exception& problem) {
        if (const int system = errno; system != ENOENT && mayPass(system))
            throw StorageError("The weights in " + path.string() + " cannot be read now (" +
                               std::generic_category().message(system) + "). Check the disk and its permissions.");
        throw Error("The file " + path.string() + " holds no usable weights: " + problem.what() + ".");
    }
}

} // namespace

std::string toSafetensors(const Checkpoint& checkpoint)
{
    const std::string text = header(checkpoint);
    const std::uint64_t size = text.size();
    std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
    bytes += text;
    for (const NamedArray& array : checkpoint.arrays)
        bytes.append(reinterpret_cast<const char*>(array.values.data()), array.values.size() * sizeof(float));
    return bytes;
}

void save(const Checkpoint& checkpoint, const std::filesystem::path& path)
{
    // Not those above it: where the disk is gone, nothing is to be written in its place. A folder that cannot be made
    // shows as a file that cannot be written.
    std::error_code ignored;
    std::filesystem::create_directory(path.parent_path(), ignored);
    writeWhole(path, toSafetensors(checkpoint));
}

void dropCheckpoint(const std::filesystem::path& path)
{
    std::error_code problem;
    std::filesystem::remove(path, problem);
    if (problem)
        throw StorageError(path.string() + " cannot be removed (" + problem.message() +
                           "). Nothing that was recorded is lost. Make its folder writable.");
}

Checkpoint loadCheckpoint(const std::filesystem::path& path)
{
    return load(path, std::numeric_limits<std::uint64_t>::max());
}

Checkpoint loadCheckpoint(const std::filesystem::path& path, const std::vector<Layer>& layers)
{
    return load(path, 2 * static_cast<std::uint64_t>(stateSize(layers))); // each with a momentum
}

} // namespace spacewright
