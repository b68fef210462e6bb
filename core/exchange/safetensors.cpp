// Writes and reads safetensors: 8 bytes header length (little endian), JSON header, then the arrays' bytes.
#include "core/exchange/safetensors.h"
#include "core/error.h"
#include "core/whole_file.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <bit>
#include <cerrno>
#include <fstream>
#include <system_error>

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

Checkpoint read(std::ifstream& file, std::uint64_t fileSize)
{
    std::uint64_t headerSize = 0;
    if (fileSize < sizeof headerSize || !file.read(reinterpret_cast<char*>(&headerSize), sizeof headerSize) ||
        headerSize > fileSize - sizeof headerSize)
        throw Error("it is shorter than its header says");
    if (headerSize > longestHeader)
        throw Error("its header is longer than any is");
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
    std::error_code ignored; // a folder that cannot be made shows as a file that cannot be written
    std::filesystem::create_directories(path.parent_path(), ignored);
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
    errno = 0;
    try {
        std::error_code unknown;
        const auto status = std::filesystem::status(path, unknown);
        if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
            throw Error("it is no ordinary file"); // opening a pipe would wait for whoever writes into it
        std::ifstream file(path, std::ios::binary);
        if (!file)
            throw Error("it cannot be opened");
        return read(file, std::filesystem::file_size(path));
    } catch (const std::exception& problem) {
        if (const int system = errno; system != ENOENT && mayPass(system))
            throw StorageError("The weights in " + path.string() + " cannot be read now (" +
                               std::generic_category().message(system) + "). Check the disk and its permissions.");
        throw Error("The file " + path.string() + " holds no usable weights: " + problem.what() + ".");
    }
}

} // namespace spacewright
