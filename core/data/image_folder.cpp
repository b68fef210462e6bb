// Decodes an image folder once into a pixel cache.
#include "core/data/image_folder.h"
#include "core/data/cache_place.h"
#include "core/data/picture.h"
#include "core/data/picture_list.h"
#include "core/data/pixel_cache.h"
#include "core/design/random.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

namespace {

namespace fs = std::filesystem;
using Entries = std::vector<PictureList::Entry>;

/// The pictures of an image folder on their way into the cache.
class Decoder {
public:
    Decoder(const fs::path& root, PictureList list, const ReadOptions&);
    /// Looks at each picture's size and channels; those that cannot be read leave the list.
    void survey();
    void write(const fs::path& cache);

private:
    void survey(Entries&);
    void chooseShape();
    void write(Part, const Entries&, PixelCacheWriter&);
    void step();

    const fs::path& m_root;
    PictureList m_list;
    const ReadProgress& m_progress;
    DataFiles m_files; ///< names, notes and what is broken
    std::vector<int> m_sides;
    bool m_square = true;
    int m_channels = 1, m_size = 0;
    std::int64_t m_done = 0, m_all;
};

void shuffle(Entries& entries, Random random)
{
    Entries result;
    for (const std::int32_t i : shuffled(static_cast<std::int32_t>(entries.size()), random))
        result.push_back(std::move(entries[static_cast<std::size_t>(i)]));
    entries = std::move(result);
}

Decoder::Decoder(const fs::path& root, PictureList list, const ReadOptions& options)
    : m_root(root), m_list(std::move(list)), m_progress(options.progress)
{
    std::uint64_t stream = 0;
    for (Entries* entries : {&m_list.training, &m_list.validation, &m_list.test})
        shuffle(*entries, Random(options.splitSeed, stream++));
    m_all = 2 * static_cast<std::int64_t>(m_list.training.size() + m_list.validation.size() + m_list.test.size());
    m_files.classNames = m_list.classNames;
}

/// Each picture is looked at twice: for its size, then for its values.
void Decoder::step()
{
    constexpr std::int64_t interval = 64;
    if (m_progress && m_done++ % interval == 0 && !m_progress(m_done / 2, m_all / 2))
        throw Error("Reading " + m_root.string() + " was stopped; nothing was changed.");
}

void Decoder::survey(Entries& entries)
{
    std::erase_if(entries, [&](const PictureList::Entry& entry) {
        step();
        try {
            const Picture picture = inspectPicture(m_root / entry.name);
            m_channels = std::max(m_channels, picture.channels);
            m_square = m_square && picture.width == picture.height;
            m_sides.push_back(std::min(picture.width, picture.height));
            return false;
        } catch (const Error& error) {
            m_files.broken.add({entry.name, error.what()});
            return true;
        }
    });
}

void Decoder::survey()
{
    for (Entries* entries : {&m_list.training, &m_list.validation, &m_list.test})
        survey(*entries);
    if (m_list.training.empty())
        throw Error("No picture in " + m_root.string() + " can be used; of " + std::to_string(m_files.broken.count) +
                    " broken ones the first is " + m_files.broken.first.front().name + ": " +
                    m_files.broken.first.front().reason + ".");
    chooseShape();
}

void Decoder::chooseShape()
{
    constexpr int mostResized = 64; // whoever wants more makes the pictures square and of one size
    const auto [least, most] = std::minmax_element(m_sides.begin(), m_sides.end());
    m_size = *least;
    if (m_square && *least == *most && *least <= largestImageSize)
        return;
    const auto middle = m_sides.begin() + static_cast<std::ptrdiff_t>(m_sides.size() / 2);
    std::nth_element(m_sides.begin(), middle, m_sides.end());
    m_size = std::min(*middle, mostResized);
    m_files.notes.push_back("The pictures differ in size or are not square; of each the central square is used, "
                            "resized to " +
                            std::to_string(m_size) + "x" + std::to_string(m_size) +
                            " (the median of their shorter sides, at most " + std::to_string(mostResized) + ").");
}

void Decoder::write(Part part, const Entries& entries, PixelCacheWriter& writer)
{
    writer.begin(part, m_channels, m_size);
    for (const PictureList::Entry& entry : entries) {
        step();
        std::vector<std::uint8_t> planes;
        try {
            planes = squarePlanes(decodePicture(m_root / entry.name, m_channels), m_size);
        } catch (const Error& error) {
            m_files.broken.add({entry.name, error.what()});
            continue;
        }
        writer.append(planes, entry.label);
    }
}

void Decoder::write(const fs::path& cache)
{
    if (m_list.others > 0)
        m_files.notes.push_back(std::to_string(m_list.others) +
                                " files that end neither in .png nor in .jpg or .jpeg were left alone.");
    PixelCacheWriter writer(cache);
    write(Part::training, m_list.training, writer);
    write(Part::validation, m_list.validation, writer);
    write(Part::test, m_list.test, writer);
    writer.complete(m_files);
}

} // namespace

bool holdsImages(const fs::path& path)
{
    return holdsPictures(path);
}

DataFiles readImageFolder(const fs::path& root, const ReadOptions& options)
{
    PictureList list = listPictures(root);
    return CachePlace(root, list.key, options.splitSeed).readOrMake([&](const fs::path& cache) {
        Decoder decoder(root, std::move(list), options);
        decoder.survey();
        decoder.write(cache);
    });
}

} // namespace spacewright
