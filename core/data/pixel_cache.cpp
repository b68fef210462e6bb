// Writes and maps the flat file of decoded images.
#include "core/data/pixel_cache.h"
#include "core/data/mapped_file.h"
#include "core/data/resize.h"
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace spacewright {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view magic = "SWpixel1";
constexpr std::size_t lengthBytes = 8, setCount = 3;

std::string lengthText(std::uint64_t length)
{
    std::string bytes;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        bytes.push_back(static_cast<char>(length >> (8 * i)));
    return bytes;
}

/// The JSON object at the end; null when the file is no cache.
Json trailer(const Pixels& file, std::size_t& begin)
{
    const std::size_t fixed = lengthBytes + magic.size();
    if (file.size() < fixed || std::memcmp(file.end() - magic.size(), magic.data(), magic.size()) != 0)
        return nullptr;
    std::uint64_t length = 0;
    for (std::size_t i = lengthBytes; i-- > 0;)
        length = length << 8 | file[file.size() - fixed + i];
    if (length > file.size() - fixed)
        return nullptr;
    begin = file.size() - fixed - length;
    return Json::parse(file.begin() + begin, file.begin() + begin + length, nullptr, false);
}

DataFiles filesFrom(const Json& json, const Pixels& file, std::size_t end)
{
    DataFiles files;
    files.order = ImageOrder::shuffled;
    files.classNames = json.at("classes");
    files.notes = json.at("notes");
    files.broken.count = json.at("broken");
    for (const Json& one : json.at("broken_files"))
        files.broken.first.push_back({one.at(0), one.at(1)});
    const std::vector<int> counts = json.at("counts");
    const int size = json.at("size"), channels = json.at("channels");
    std::size_t first = 0, all = 0;
    for (const int count : counts) {
        if (count < 0)
            throw Error("a set has fewer images than none");
        all += static_cast<std::size_t>(count);
    }
    if (counts.size() != setCount || size < 1 || size > largestImageSize || (channels != 1 && channels != 3))
        throw Error("it has no images of such a size");
    ImageSet* const sets[]{&files.training, &files.validation, &files.test};
    for (std::size_t i = 0; i < setCount; ++i) {
        ImageSet& set = *sets[i];
        set.size = size;
        set.channels = channels;
        set.classes = static_cast<int>(files.classNames.size());
        set.count = counts.at(i);
        const std::size_t image = set.valuesPerImage(), count = static_cast<std::size_t>(set.count);
        if (all * (image + 1) != end)
            throw Error("its parts do not fit");
        set.pixels = file.part(first * image, count * image);
        const auto labels = file.begin() + all * image + first;
        set.labels.assign(labels, labels + count);
        for (const std::uint8_t label : set.labels)
            if (label >= set.classes)
                throw Error("its labels do not fit");
        first += count;
    }
    return files;
}

} // namespace

std::vector<fs::path> cachePaths(const fs::path& data, const std::string& name)
{
    std::vector<fs::path> paths{data / ".spacewright" / name};
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    if (cache && *cache)
        paths.push_back(fs::path(cache) / "spacewright" / name);
    else if (home && *home)
        paths.push_back(fs::path(home) / ".cache/spacewright" / name);
    return paths;
}

fs::path writableCache(const std::vector<fs::path>& paths)
{
    for (const fs::path& path : paths) {
        std::error_code problem;
        fs::create_directories(path.parent_path(), problem);
        if (fs::is_directory(path.parent_path(), problem) && access(path.parent_path().c_str(), W_OK) == 0)
            return path;
    }
    throw Error("The decoded images need a place, but neither " + paths.front().parent_path().string() +
                (paths.size() > 1 ? " nor " + paths.back().parent_path().string() : "") +
                " can be written. Give write permission to one of them.");
}

CacheLock::CacheLock(const fs::path& cache)
    : m_file(open((cache.parent_path() / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
{
    // Where the file system has no locks, two writers at once are less likely than that.
    if (m_file >= 0)
        flock(m_file, LOCK_EX);
}

CacheLock::~CacheLock()
{
    if (m_file >= 0)
        close(m_file);
}

PixelCacheWriter::PixelCacheWriter(const fs::path& path, int size, int channels)
    : m_file(path), m_size(size), m_channels(channels)
{
}

void PixelCacheWriter::append(const std::vector<std::uint8_t>& planes, std::uint8_t label)
{
    m_file.append({reinterpret_cast<const char*>(planes.data()), planes.size()});
    m_labels.push_back(static_cast<char>(label));
    ++m_counts.back();
}

void PixelCacheWriter::endSet()
{
    m_counts.push_back(0);
}

void PixelCacheWriter::complete(const DataFiles& files)
{
    m_counts.resize(setCount);
    Json broken = Json::array();
    for (const BrokenFiles::File& file : files.broken.first)
        broken.push_back({file.name, file.reason});
    const Json json{
        {"size", m_size},       {"channels", m_channels},       {"counts", m_counts},    {"classes", files.classNames},
        {"notes", files.notes}, {"broken", files.broken.count}, {"broken_files", broken}};
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace); // names may be no UTF-8
    m_file.append(m_labels);
    m_file.append(text);
    m_file.append(lengthText(text.size()));
    m_file.append(magic);
    m_file.complete();
}

std::optional<DataFiles> readPixelCache(const fs::path& path)
{
    const Pixels file = mapFile(path);
    std::size_t end = 0;
    const Json json = trailer(file, end);
    if (!json.is_object())
        return std::nullopt;
    try {
        return filesFrom(json, file, end);
    } catch (const std::exception&) { // of another version, or damaged: made again
        return std::nullopt;
    }
}

} // namespace spacewright
