// Reads images and labels from NumPy's archives.
#include "core/data/npz.h"
#include "core/data/npy.h"
#include "core/data/read_limit.h"
#include "core/data/resize.h"
#include "core/data/stored_images.h"
#include "core/error.h"
#include "core/exchange/zip_reader.h"
#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <optional>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

struct Names {
    const char* images;
    const char* labels;
};
/// Of one archive: the images for training, validation and the test.
struct Convention {
    Names training, validation, test;
};
constexpr std::array conventions{
    Convention{{"x_train", "y_train"}, {"x_val", "y_val"}, {"x_test", "y_test"}},
    Convention{{"train_images", "train_labels"}, {"val_images", "val_labels"}, {"test_images", "test_labels"}},
    Convention{{"images", "labels"}, {}, {"test_images", "test_labels"}},
    Convention{{"x", "y"}, {}, {}},
    Convention{{"X", "y"}, {}, {}},
};

class Archive {
public:
    explicit Archive(const fs::path& path) : m_path(path), m_zip(path) {}

    std::optional<std::size_t> find(const char* name) const
    {
        const auto& entries = m_zip.entries();
        for (std::size_t i = 0; name && i < entries.size(); ++i)
            if (entries[i].name == std::string(name) + ".npy")
                return i;
        return std::nullopt;
    }
    /// Both arrays, or none of them; throws when one is alone.
    bool has(const Names& names) const
    {
        const bool images = find(names.images).has_value(), labels = find(names.labels).has_value();
        if (images && !labels)
            throw Error("The data file " + m_path.string() + " holds the images " + names.images +
                        " but no array of labels " + names.labels + ".");
        return images && labels;
    }
    std::string contents() const
    {
        constexpr std::size_t shown = 10;
        std::string text;
        for (std::size_t i = 0; i < std::min(shown, m_zip.entries().size()); ++i)
            text += (i ? ", " : "") + m_zip.entries()[i].name;
        return text.empty() ? "nothing" : text + (m_zip.entries().size() > shown ? ", ..." : "");
    }

    /// Returns a sentence about images that lost their borders, or nothing.
    std::string read(const Names&, Part, ImageSink&) const;

private:
    /// `begin` judges the header and says how many bytes each piece of the values has; `use` gets one after the other.
    void readArray(const char* name, const std::function<std::size_t(const NpyHeader&)>& begin,
                   const std::function<void(std::size_t number, const std::vector<std::uint8_t>&)>& use) const;
    std::vector<std::uint8_t> readLabels(const char* name) const;
    [[noreturn]] void fail(const char* name, const std::string& what) const
    {
        throw Error("The array " + std::string(name) + " of " + m_path.string() + " cannot be used: " + what +
                    ". Nothing was changed.");
    }

    fs::path m_path;
    ZipReader m_zip;
};

void Archive::readArray(const char* name, const std::function<std::size_t(const NpyHeader&)>& begin,
                        const std::function<void(std::size_t, const std::vector<std::uint8_t>&)>& use) const
{
    const std::size_t entry = *find(name);
    ZipReader::Stream stream = m_zip.open(entry);
    const ByteSource source = [&](std::uint8_t* bytes, std::size_t size) { return stream.read(bytes, size); };
    const NpyHeader header = readNpyHeader(source);
    if (header.kind == 'O')
        throw Error("it holds Python objects, which are not read because that can run code; save plain numbers");
    if (header.fortranOrder && header.shape.size() > 1)
        throw Error("it is in Fortran order; save numpy.ascontiguousarray of it");
    std::vector<std::uint8_t> piece(begin(header));
    const std::uint64_t expected = header.count() * static_cast<std::uint64_t>(header.bytes);
    const ZipReader::Entry& info = m_zip.entries()[entry];
    if (const std::string problem = absurdSize(std::max(expected, info.size), info.packed); !problem.empty())
        throw Error(problem);
    const auto promised = [&](const char* amount) {
        return "it holds " + std::string(amount) + " than the " + std::to_string(expected) + " bytes that its shape " +
               header.shapeText() + " promises";
    };
    for (std::size_t number = 0; number * piece.size() < expected; ++number) {
        if (source(piece.data(), piece.size()) < piece.size())
            throw Error(promised("fewer"));
        use(number, piece);
    }
    if (std::uint8_t extra; source(&extra, 1) > 0)
        throw Error(promised("more"));
}

/// A whole number of the array; -1 where it is negative or above 255.
int labelAt(const NpyHeader& header, const std::uint8_t* bytes)
{
    for (int i = 1; i < header.bytes; ++i)
        if (bytes[header.bigEndian ? i - 1 : i] != 0)
            return -1;
    const int value = bytes[header.bigEndian ? header.bytes - 1 : 0];
    return header.kind == 'i' && header.bytes == 1 && value > 127 ? -1 : value;
}

std::vector<std::uint8_t> Archive::readLabels(const char* name) const
{
    NpyHeader header;
    std::vector<std::uint8_t> labels;
    const auto begin = [&](const NpyHeader& its) {
        const bool isColumn = its.shape.size() == 1 || (its.shape.size() == 2 && its.shape[1] == 1);
        if (!isColumn || (its.kind != 'u' && its.kind != 'i') || its.bytes < 1 || its.bytes > 8)
            throw Error("labels are whole numbers of the shape (N) or (N, 1), and it has the type '" +
                        std::string(1, its.kind) + std::to_string(its.bytes) + "' and the shape " + its.shapeText());
        header = its;
        return static_cast<std::size_t>(its.bytes);
    };
    readArray(name, begin, [&](std::size_t number, const std::vector<std::uint8_t>& bytes) {
        const int label = labelAt(header, bytes.data());
        if (label < 0)
            throw Error("its label number " + std::to_string(number + 1) + " is not between 0 and 255");
        labels.push_back(static_cast<std::uint8_t>(label));
    });
    return labels;
}

/// Throws Error for shapes that no images have.
ImageLayout layoutOf(const NpyHeader& header)
{
    const auto& s = header.shape;
    const auto isChannels = [](std::int64_t n) { return n == 1 || n == 3; };
    if (header.kind != 'u' || header.bytes != 1)
        throw Error("pixels are 8-bit numbers (uint8), and it has the type '" + std::string(1, header.kind) +
                    std::to_string(header.bytes) + "'; save it as uint8 with values 0 to 255");
    ImageLayout shape;
    const auto side = [](std::int64_t n) { return n >= 1 && n <= largestImageSize ? static_cast<int>(n) : 0; };
    if (s.size() == 3)
        shape = {1, side(s[1]), side(s[2]), false};
    else if (s.size() == 4 && isChannels(s[3]))
        shape = {static_cast<int>(s[3]), side(s[1]), side(s[2]), true};
    else if (s.size() == 4 && isChannels(s[1]))
        shape = {static_cast<int>(s[1]), side(s[2]), side(s[3]), false};
    if (shape.height == 0 || shape.width == 0 || s[0] < 1 || s[0] > std::numeric_limits<int>::max())
        throw Error("its shape " + header.shapeText() +
                    " is none of (N, H, W), (N, H, W, C) and (N, C, H, W) with 1 "
                    "or 3 channels and at most " +
                    std::to_string(largestImageSize) + " pixels a side");
    return shape;
}

std::string Archive::read(const Names& names, Part part, ImageSink& sink) const
{
    const char* name = names.labels;
    try {
        const std::vector<std::uint8_t> labels = readLabels(name); // they bound how many images there can be
        name = names.images;
        ImageLayout layout;
        const auto begin = [&](const NpyHeader& header) {
            layout = layoutOf(header);
            if (static_cast<std::uint64_t>(header.shape[0]) != labels.size())
                throw Error("it has " + std::to_string(header.shape[0]) + " images for " +
                            std::to_string(labels.size()) + " labels");
            sink.begin(part, layout.channels, layout.side());
            return layout.values();
        };
        readArray(name, begin, [&](std::size_t number, const std::vector<std::uint8_t>& image) {
            sink.append(layout.squarePlanes(image), labels[number]);
        });
        return layout.note();
    } catch (const StorageError&) { // of the cache
        throw;
    } catch (const Error& error) {
        fail(name, error.what());
    }
}

} // namespace

bool isNpz(const fs::path& path)
{
    std::error_code problem;
    return path.extension() == ".npz" && fs::is_regular_file(path, problem);
}

DataFiles readNpz(const fs::path& path, const ReadOptions& options)
{
    return readStored(path, {path}, options, [&](ImageSink& sink) {
        const Archive archive(path);
        for (const Convention& convention : conventions) {
            if (!archive.has(convention.training))
                continue;
            DataFiles files;
            files.order = ImageOrder::ofFile;
            if (const std::string note = archive.read(convention.training, Part::training, sink); !note.empty())
                files.notes.push_back(note);
            const bool hasTest = archive.has(convention.test);
            if (archive.has(convention.validation)) // as for folders: what is held out once is for the test
                archive.read(convention.validation, hasTest ? Part::validation : Part::test, sink);
            if (hasTest)
                archive.read(convention.test, Part::test, sink);
            return files;
        }
        throw Error("The data file " + path.string() + " holds " + archive.contents() +
                    ", but neither x_train and y_train nor train_images and train_labels nor images and labels.");
    });
}

} // namespace spacewright
