// Writes and maps the flat file of decoded images.
#include "core/data/pixel_cache.h"
#include "core/data/mapped_file.h"
#include "core/data/resize.h"
#include "core/error.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <cstring>

namespace spacewright {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view magic = "SWpixel2";
constexpr std::size_t lengthBytes = 8, setCount = 3;
constexpr int mostClasses = 256; // a label is a byte

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
    const int order = json.at("order"), classes = json.at("class_count");
    if (order < 0 || order > static_cast<int>(ImageOrder::shuffled) || classes < 0 || classes > mostClasses)
        throw Error("its description is of no images");
    files.order = static_cast<ImageOrder>(order);
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
    for (std::size_t i = 0; i < setCount; ++i) {
        ImageSet& set = imagesOf(files, static_cast<Part>(i));
        set.size = size;
        set.channels = channels;
        set.classes = classes;
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

PixelCacheWriter::PixelCacheWriter(const fs::path& path) : m_file(path) {}

void PixelCacheWriter::begin(Part part, int channels, int size, int classes)
{
    if (m_size != 0 && (m_size != size || m_channels != channels))
        throw DifferentShapes();
    m_part = static_cast<std::size_t>(part);
    m_channels = channels;
    m_size = size;
    m_classes = std::max(m_classes, classes);
}

void PixelCacheWriter::append(const std::vector<std::uint8_t>& planes, std::uint8_t label)
{
    m_file.append({reinterpret_cast<const char*>(planes.data()), planes.size()});
    m_labels.push_back(static_cast<char>(label));
    m_classes = std::max(m_classes, label + 1);
    ++m_counts[m_part];
}

void PixelCacheWriter::complete(const DataFiles& files)
{
    Json broken = Json::array();
    for (const BrokenFiles::File& file : files.broken.first)
        broken.push_back({file.name, file.reason});
    const Json json{{"size", m_size},
                    {"channels", m_channels},
                    {"counts", m_counts},
                    {"order", static_cast<int>(files.order)},
                    {"class_count", std::max(m_classes, static_cast<int>(files.classNames.size()))},
                    {"classes", files.classNames},
                    {"notes", files.notes},
                    {"broken", files.broken.count},
                    {"broken_files", broken}};
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
