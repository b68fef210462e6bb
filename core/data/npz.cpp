// Reads images and labels from NumPy's archives.
#include "core/data/npz.h"
#include "core/data/npy.h"
#include "core/data/read_limit.h"
#include "core/data/resize.h"
#include "core/error.h"
#include "core/exchange/zip_reader.h"
#include <algorithm>
#include <array>
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

    ImageSet read(const Names&, std::vector<std::string>& notes) const;

private:
    struct Array {
        NpyHeader header;
        std::vector<std::uint8_t> bytes;
    };
    template <class Check>
    Array readArray(const char* name, Check) const;
    std::vector<std::uint8_t> readLabels(const char* name) const;
    [[noreturn]] void fail(const char* name, const std::string& what) const
    {
        throw Error("The array " + std::string(name) + " of " + m_path.string() + " cannot be used: " + what +
                    ". Nothing was changed.");
    }

    fs::path m_path;
    ZipReader m_zip;
};

/// `check` judges the header before any value is read.
template <class Check>
Archive::Array Archive::readArray(const char* name, Check check) const
{
    const std::size_t entry = *find(name);
    ZipReader::Stream stream = m_zip.open(entry);
    Array array;
    try {
        array.header = readNpyHeader([&](std::uint8_t* bytes, std::size_t size) { return stream.read(bytes, size); });
        if (array.header.kind == 'O')
            throw Error("it holds Python objects, which are not read because that can run code; save plain numbers");
        if (array.header.fortranOrder && array.header.shape.size() > 1)
            throw Error("it is in Fortran order; save numpy.ascontiguousarray of it");
        check(array.header);
        const std::uint64_t expected = array.header.count() * static_cast<std::uint64_t>(array.header.bytes);
        const ZipReader::Entry& info = m_zip.entries()[entry];
        if (const std::string problem = absurdSize(std::max(expected, info.size), info.packed); !problem.empty())
            throw Error(problem);
        // One more than promised, in pieces, so that a lie costs no memory.
        while (array.bytes.size() <= expected) {
            const std::size_t before = array.bytes.size();
            const std::size_t step = std::min<std::uint64_t>(expected + 1 - before, std::size_t{1} << 20);
            array.bytes.resize(before + step);
            const std::size_t got = stream.read(array.bytes.data() + before, step);
            array.bytes.resize(before + got);
            if (got < step)
                break;
        }
        if (array.bytes.size() != expected)
            throw Error("it holds " + std::string(array.bytes.size() < expected ? "fewer" : "more") + " than the " +
                        std::to_string(expected) + " bytes that its shape " + array.header.shapeText() + " promises");
    } catch (const Error& error) {
        fail(name, error.what());
    }
    return array;
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
    const Array array = readArray(name, [](const NpyHeader& header) {
        const bool isColumn = header.shape.size() == 1 || (header.shape.size() == 2 && header.shape[1] == 1);
        if (!isColumn || (header.kind != 'u' && header.kind != 'i') || header.bytes < 1 || header.bytes > 8)
            throw Error("labels are whole numbers of the shape (N) or (N, 1), and it has the type '" +
                        std::string(1, header.kind) + std::to_string(header.bytes) + "' and the shape " +
                        header.shapeText());
    });
    std::vector<std::uint8_t> labels;
    const std::size_t step = static_cast<std::size_t>(array.header.bytes);
    for (std::size_t i = 0; i < array.bytes.size(); i += step) {
        const int label = labelAt(array.header, array.bytes.data() + i);
        if (label < 0)
            fail(name, "its label number " + std::to_string(i / step + 1) + " is not between 0 and 255");
        labels.push_back(static_cast<std::uint8_t>(label));
    }
    return labels;
}

struct Shape {
    int channels = 1, height = 0, width = 0;
    bool channelsLast = false;
};

/// Throws Error for shapes that no images have.
Shape shapeOf(const NpyHeader& header)
{
    const auto& s = header.shape;
    const auto isChannels = [](std::int64_t n) { return n == 1 || n == 3; };
    if (header.kind != 'u' || header.bytes != 1)
        throw Error("pixels are 8-bit numbers (uint8), and it has the type '" + std::string(1, header.kind) +
                    std::to_string(header.bytes) + "'; save it as uint8 with values 0 to 255");
    Shape shape;
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

ImageSet Archive::read(const Names& names, std::vector<std::string>& notes) const
{
    ImageSet set;
    set.labels = readLabels(names.labels); // small, and they bound how many images there can be
    Shape shape;
    Array array = readArray(names.images, [&](const NpyHeader& header) {
        shape = shapeOf(header);
        if (static_cast<std::uint64_t>(header.shape[0]) != set.labels.size())
            throw Error("it has " + std::to_string(header.shape[0]) + " images for " +
                        std::to_string(set.labels.size()) + " labels");
    });
    std::vector<std::uint8_t> planes = std::move(array.bytes);
    if (shape.channelsLast)
        planes = toPlanes(std::move(planes), shape.height, shape.width, shape.channels);
    set.count = static_cast<int>(set.labels.size());
    set.channels = shape.channels;
    set.size = cropToSquare(planes, shape.height, shape.width, notes);
    set.pixels = std::move(planes);
    set.classes = *std::max_element(set.labels.begin(), set.labels.end()) + 1;
    return set;
}

} // namespace

bool isNpz(const fs::path& path)
{
    std::error_code problem;
    return path.extension() == ".npz" && fs::is_regular_file(path, problem);
}

DataFiles readNpz(const fs::path& path, const ReadOptions&)
{
    const Archive archive(path);
    for (const Convention& convention : conventions) {
        if (!archive.has(convention.training))
            continue;
        DataFiles files;
        files.order = ImageOrder::ofFile;
        files.training = archive.read(convention.training, files.notes);
        std::vector<std::string> sameAgain;
        if (archive.has(convention.validation))
            files.validation = archive.read(convention.validation, sameAgain);
        if (archive.has(convention.test))
            files.test = archive.read(convention.test, sameAgain);
        if (files.validation.count > 0 && files.test.count == 0)
            std::swap(files.validation, files.test); // as for folders: what is held out once is for the test
        return files;
    }
    throw Error("The data file " + path.string() + " holds " + archive.contents() +
                ", but neither x_train and y_train nor train_images and train_labels nor images and labels.");
}

} // namespace spacewright
