// Finds a data set's files, reads them and splits off the validation images.
#include "core/data/image_set.h"
#include "core/data/idx.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> fileNames{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                         "t10k-labels-idx1-ubyte"};

/// The file itself or its gzipped form; empty when there is neither.
fs::path fileIn(const fs::path& folder, const std::string& name)
{
    std::error_code ignored;
    for (const fs::path& path : {folder / name, folder / (name + ".gz")})
        if (fs::is_regular_file(path, ignored))
            return path;
    return {};
}

/// The first file, from this one of the list on, that the folder lacks; empty when it is complete.
std::string missingIn(const fs::path& folder, std::size_t first)
{
    for (std::size_t i = first; i < fileNames.size(); ++i)
        if (fileIn(folder, fileNames[i]).empty())
            return fileNames[i];
    return {};
}

std::vector<fs::path> fashionMnistFolders()
{
    std::vector<fs::path> folders;
    if (const char* data = std::getenv("SPACEWRIGHT_DATA"); data && *data)
        folders.push_back(fs::path(data) / "fashion-mnist");
    if (const char* home = std::getenv("HOME"); home && *home)
        folders.push_back(fs::path(home) / ".local/share/spacewright/fashion-mnist");
    folders.push_back("/usr/share/datasets/fashion-mnist");
    return folders;
}

ImageSet part(const ImageSet& all, int first, int count)
{
    const std::ptrdiff_t image = std::ptrdiff_t{all.channels} * all.size * all.size;
    const auto pixels = all.pixels.begin() + first * image;
    const auto labels = all.labels.begin() + first;
    return {count, all.channels, all.size, all.classes, {pixels, pixels + count * image}, {labels, labels + count}};
}

/// Mean and standard deviation of each channel in units of 0..1.
void measure(DataSet& data)
{
    const ImageSet& set = data.training;
    const std::size_t area = static_cast<std::size_t>(set.size) * static_cast<std::size_t>(set.size);
    for (int channel = 0; channel < set.channels; ++channel) {
        std::uint64_t sum = 0, squares = 0;
        for (int image = 0; image < set.count; ++image) {
            const std::uint8_t* pixels =
                set.pixels.data() + area * (static_cast<std::size_t>(image) * set.channels + channel);
            for (std::size_t i = 0; i < area; ++i) {
                sum += pixels[i];
                squares += std::uint64_t{pixels[i]} * pixels[i];
            }
        }
        const double n = static_cast<double>(area) * set.count;
        const double mean = static_cast<double>(sum) / n / 255;
        const double variance = std::max(0.0, static_cast<double>(squares) / n / (255.0 * 255.0) - mean * mean);
        // Images of one colour have no deviation; dividing by 1 leaves them finite.
        data.mean.push_back(static_cast<float>(mean));
        data.deviation.push_back(variance > 0 ? static_cast<float>(std::sqrt(variance)) : 1.0F);
    }
}

constexpr std::size_t trainingFiles = 0, testFiles = 2; ///< where they begin in the list

/// The folder of a name or of itself, with all files from `first` of the list on.
fs::path folderOf(const std::string& nameOrFolder, std::size_t first)
{
    if (nameOrFolder == "fashion-mnist") {
        for (const fs::path& folder : fashionMnistFolders())
            if (missingIn(folder, first).empty())
                return folder;
        throw Error("The data set fashion-mnist is not on this machine; install it with "
                    "`sudo apt install dataset-fashion-mnist`.");
    }
    std::error_code ignored;
    if (!fs::is_directory(nameOrFolder, ignored))
        throw Error("There is no data set \"" + nameOrFolder +
                    "\": it is neither the name fashion-mnist nor a folder of IDX files.");
    if (const std::string missing = missingIn(nameOrFolder, first); !missing.empty())
        throw Error("The data set folder " + nameOrFolder + " lacks the file " + missing + " (or " + missing + ".gz).");
    return nameOrFolder;
}

} // namespace

fs::path dataSetFolder(const std::string& nameOrFolder)
{
    return folderOf(nameOrFolder, trainingFiles);
}

ImageSet loadTestImages(const std::string& nameOrFolder)
{
    const fs::path folder = folderOf(nameOrFolder, testFiles);
    return readIdx(fileIn(folder, fileNames[testFiles]), fileIn(folder, fileNames[testFiles + 1]));
}

DataSet loadDataSet(const std::string& nameOrFolder, int trainingImages, int validationImages)
{
    const fs::path folder = dataSetFolder(nameOrFolder);
    const auto read = [&](std::size_t images, std::size_t labels) {
        return readIdx(fileIn(folder, fileNames[images]), fileIn(folder, fileNames[labels]));
    };
    const ImageSet all = read(0, 1);
    DataSet data;
    data.name = nameOrFolder;
    data.test = read(2, 3);
    if (data.test.size != all.size)
        throw Error("The training and the test images in " + folder.string() +
                    " differ in size, so they are not one data set.");
    const int available = all.count - validationImages;
    if (validationImages < 1 || available < 1 || trainingImages < 0 || trainingImages > available)
        throw Error("The data set " + nameOrFolder + " has " + std::to_string(all.count) +
                    " training images, which is not enough for " + std::to_string(trainingImages) +
                    " to train on and " + std::to_string(validationImages) +
                    " to validate with (at least 1 of each). Ask for fewer.");
    data.training = part(all, 0, trainingImages == 0 ? available : trainingImages);
    data.validation = part(all, available, validationImages);
    const int classes = std::max(all.classes, data.test.classes);
    data.training.classes = data.validation.classes = data.test.classes = classes;
    measure(data);
    return data;
}

} // namespace spacewright
