// Reads IDX files.
#include "core/data/idx.h"
#include "core/data/gz_file.h"
#include "core/data/resize.h"
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

ImageSet readIdx(const fs::path& images, const fs::path& labels, std::vector<std::string>& notes)
{
    ImageSet set;
    GzFile imageFile(images);
    set.count = count(imageFile, 0x803, "images");
    const std::uint32_t height = number(imageFile), width = number(imageFile);
    if (std::min(height, width) < 1 || std::max(height, width) > largestImageSize)
        imageFile.fail("its images are " + std::to_string(height) + " x " + std::to_string(width) +
                       " pixels where at least 1 and at most " + std::to_string(largestImageSize) + " are needed");
    std::vector<std::uint8_t> pixels =
        imageFile.rest(std::uint64_t{height} * width * static_cast<std::uint64_t>(set.count));
    set.size = cropToSquare(pixels, static_cast<int>(height), static_cast<int>(width), notes);
    set.pixels = std::move(pixels);

    GzFile labelFile(labels);
    if (const int labelCount = count(labelFile, 0x801, "labels"); labelCount != set.count)
        labelFile.fail("it has " + std::to_string(labelCount) + " labels for " + std::to_string(set.count) + " images");
    set.labels = labelFile.rest(static_cast<std::uint64_t>(set.count));
    set.classes = *std::max_element(set.labels.begin(), set.labels.end()) + 1;
    return set;
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
    DataFiles files;
    const auto read = [&](std::size_t first, std::vector<std::string>& notes) {
        return readIdx(fileIn(folder, fileNames[first]), fileIn(folder, fileNames[first + 1]), notes);
    };
    std::vector<std::string> sameAgain;
    if (!options.testOnly)
        files.training = read(trainingFiles, files.notes);
    files.test = read(testFiles, sameAgain);
    return files;
}

} // namespace spacewright
