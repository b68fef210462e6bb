// Holds images in memory, and turns to the cache when they become too many.
#include "core/data/stored_images.h"
#include "core/data/cache_place.h"
#include "core/data/content_key.h"
#include "core/data/pixel_cache.h"
#include "core/data/split.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

class InMemory : public ImageSink {
public:
    struct TooMany {};

    explicit InMemory(std::uint64_t limit) : m_left(limit) {}

    void begin(Part part, int channels, int size, int classes) override
    {
        if (m_set && (m_set->channels != channels || m_set->size != size))
            throw DifferentShapes();
        finish();
        m_set = &imagesOf(m_files, part);
        m_set->channels = channels;
        m_set->size = size;
        m_set->classes = classes;
    }
    void append(const std::vector<std::uint8_t>& planes, std::uint8_t label) override
    {
        if (planes.size() > m_left)
            throw TooMany();
        m_left -= planes.size();
        m_pixels.insert(m_pixels.end(), planes.begin(), planes.end());
        m_set->labels.push_back(label);
        m_set->classes = std::max(m_set->classes, label + 1);
    }
    /// `others` with the images.
    DataFiles complete(DataFiles others)
    {
        finish();
        for (const Part part : {Part::training, Part::validation, Part::test})
            imagesOf(others, part) = std::move(imagesOf(m_files, part));
        return others;
    }

private:
    void finish()
    {
        if (!m_set)
            return;
        m_set->count = static_cast<int>(m_set->labels.size());
        m_set->pixels = std::move(m_pixels);
        m_pixels = {};
    }

    std::uint64_t m_left;
    DataFiles m_files;
    ImageSet* m_set = nullptr;
    std::vector<std::uint8_t> m_pixels;
};

/// The same images in the order of the split seed.
void writeOrdered(const fs::path& cache, DataFiles files, std::uint64_t seed)
{
    PixelCacheWriter writer(cache);
    for (const Part part : {Part::training, Part::validation, Part::test}) {
        const ImageSet& set = imagesOf(files, part);
        if (set.count == 0)
            continue;
        writer.begin(part, set.channels, set.size, set.classes);
        const std::vector<std::int32_t> order = imageOrder(files, part, seed);
        for (std::size_t place = 0; place < order.size(); ++place) {
            if (place + ImageSet::ahead < order.size())
                set.expect(order[place + ImageSet::ahead]);
            const std::int32_t i = order[place];
            writer.append({set.image(i), set.image(i) + set.valuesPerImage()}, set.labels[static_cast<std::size_t>(i)]);
        }
    }
    files.order = ImageOrder::shuffled;
    writer.complete(files);
}

/// In the order of reading first: only when all images are there is it known where each belongs.
void writeCache(const fs::path& cache, std::uint64_t seed, const ImageReader& read)
{
    const fs::path asRead = cache.string() + ".as-read";
    {
        PixelCacheWriter writer(asRead);
        writer.complete(read(writer));
    }
    std::optional<DataFiles> files = readPixelCache(asRead);
    std::error_code problem;
    if (!files || !shuffles(*files, seed))
        return fs::rename(asRead, cache, problem);
    fs::remove(asRead, problem); // the map keeps what it needs
    writeOrdered(cache, *std::move(files), seed);
}

std::string keyOf(const std::vector<fs::path>& files)
{
    ContentKey key;
    for (const fs::path& file : files)
        key.addFile(file, file.filename().string());
    return key.text();
}

} // namespace

DataFiles readStored(const fs::path& data, const std::vector<fs::path>& files, const ReadOptions& options,
                     const ImageReader& read)
{
    const CachePlace place(data, keyOf(files), options.splitSeed);
    if (std::optional<DataFiles> cached = place.read())
        return *cached;
    const auto readOrRefuse = [&](ImageSink& sink) {
        try {
            return read(sink);
        } catch (const ImageSink::DifferentShapes&) {
            throw Error("The training and the test images in " + data.string() +
                        " differ in size, so they are not one data set.");
        }
    };
    try {
        InMemory images(options.inMemory);
        DataFiles others = readOrRefuse(images);
        return images.complete(std::move(others));
    } catch (const InMemory::TooMany&) {
        return place.readOrMake([&](const fs::path& cache) { writeCache(cache, options.splitSeed, readOrRefuse); });
    }
}

} // namespace spacewright
