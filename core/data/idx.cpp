// Reads IDX files.
#include "core/data/idx.h"
#include "core/data/gz_file.h"
#include "core/data/resize.h"
#include "core/data/stored_images.h"
#include "core/error.h"
#include <algorithm>
#include <limits>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> fileNames{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                         "t10k-labels-idx1-ubyte"};
constexpr std::size_t trainingFiles = 0, testFiles = 2; ///< where they begin in the list

/// A big-endian number of the header.
std::uint32_t number(GzFile& file)
{
    std::uint8_t bytes[4];
    if (file.read(bytes, 4) < 4)
        file.fail("it ends within its header");
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

/// The number of items; `magic` says what kind of file this must be.
int count(GzFile& file, std::uint32_t magic, const char* kind)
{
    if (number(file) != magic)
        file.fail(std::string("it is not an IDX file of ") + kind + " (wrong first four bytes)");
    const std::uint32_t count = number(file);
    if (count == 0 || count > static_cast<std::uint32_t>(std::numeric_limits<int>::max()))
        file.fail("its header says " + std::to_string(count) + " " + kind);
    return static_cast<int>(count);
}

/// The file itself or its gzipped form; empty when there is neither.
fs::path fileIn(const fs::path& folder, const std::string& name)
{
    std::error_code ignored;
    for (const fs::path& path : {folder / name, folder / (name + ".gz")})
        if (fs::is_regular_file(path, ignored))
            return path;
    return {};
}

} // namespace

std::string readIdx(const fs::path& images, const fs::path& labels, Part part, ImageSink& sink)
{
    GzFile imageFile(images);
    const int imageCount = count(imageFile, 0x803, "images");
    const std::uint32_t height = number(imageFile), width = number(imageFile);
    if (std::min(height, width) < 1 || std::max(height, width) > largestImageSize)
        imageFile.fail("its images are " + std::to_string(height) + " x " + std::to_string(width) +
                       " pixels where at least 1 and at most " + std::to_string(largestImageSize) + " are needed");
    GzFile labelFile(labels);
    if (const int labelCount = count(labelFile, 0x801, "labels"); labelCount != imageCount)
        labelFile.fail("it has " + std::to_string(labelCount) + " labels for " + std::to_string(imageCount) +
                       " images");
    const std::vector<std::uint8_t> labelOf = labelFile.rest(static_cast<std::uint64_t>(imageCount));

    const ImageLayout layout{1, static_cast<int>(height), static_cast<int>(width)};
    sink.begin(part, layout.channels, layout.side());
    std::vector<std::uint8_t> image(layout.values());
    imageFile.records(image, labelOf.size(),
                      [&](std::size_t i) { sink.append(layout.squarePlanes(image), labelOf[i]); });
    return layout.note();
}

std::string missingIdx(const fs::path& folder, bool testOnly)
{
    for (std::size_t i = testOnly ? testFiles : trainingFiles; i < fileNames.size(); ++i)
        if (fileIn(folder, fileNames[i]).empty())
            return fileNames[i];
    return {};
}

bool holdsIdx(const fs::path& folder)
{
    return std::any_of(fileNames.begin(), fileNames.end(),
                       [&](const std::string& name) { return !fileIn(folder, name).empty(); });
}

void checkIdx(const fs::path& folder, bool testOnly)
{
    if (const std::string missing = missingIdx(folder, testOnly); !missing.empty())
        throw Error("The data set folder " + folder.string() + " lacks the file " + missing + " (or " + missing +
                    ".gz).");
}

DataFiles readIdxFolder(const fs::path& folder, const ReadOptions& options)
{
    std::vector<fs::path> paths;
    for (std::size_t i = options.testOnly ? testFiles : trainingFiles; i < fileNames.size(); ++i)
        paths.push_back(fileIn(folder, fileNames[i]));
    return readStored(folder, paths, options, [&](ImageSink& sink) {
        DataFiles files;
        for (std::size_t i = 0; i < paths.size(); i += 2) {
            const Part part = i + 2 == paths.size() ? Part::test : Part::training;
            if (const std::string note = readIdx(paths[i], paths[i + 1], part, sink); !note.empty())
                files.notes = {note}; // the same of both parts
        }
        return files;
    });
}

} // namespace spacewright
