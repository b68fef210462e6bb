// Reads a data set's files and splits off the images for validation.
#include "core/data/image_set.h"
#include "core/data/formats.h"
#include "core/data/known_sets.h"
#include "core/data/split.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

/// Mean and standard deviation of each channel in units of 0..1.
void measure(DataSet& data)
{
    const ImageSet& set = data.training;
    const std::size_t area = static_cast<std::size_t>(set.size) * static_cast<std::size_t>(set.size);
    for (int channel = 0; channel < set.channels; ++channel) {
        std::uint64_t sum = 0, squares = 0;
        for (int image = 0; image < set.count; ++image) {
            set.expect(image + ImageSet::ahead);
            const std::uint8_t* pixels = set.image(image) + area * static_cast<std::size_t>(channel);
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

const DataFormat& completeFormat(const fs::path& path, bool testOnly)
{
    const DataFormat& format = formatOf(path);
    if (format.checkComplete)
        format.checkComplete(path, testOnly);
    return format;
}

/// The files of `nameOrPath`, each set of the same shape.
DataFiles readFiles(const std::string& nameOrPath, const ReadOptions& options, std::string* form = nullptr)
{
    const fs::path path = findDataSet(nameOrPath, options.testOnly);
    const DataFormat& format = completeFormat(path, options.testOnly);
    DataFiles files = format.read(path, options);
    const std::vector<std::string> names = knownClassNames(nameOrPath);
    if (!names.empty() && names.size() < std::size_t(std::max(files.training.classes, files.test.classes)))
        throw Error("The files in " + path.string() + " have more classes than the " + std::to_string(names.size()) +
                    " of " + nameOrPath + ", so they are another data set.");
    if (!names.empty())
        files.classNames = names;
    if (form)
        *form = format.name;
    return files;
}

DataSet load(const std::string& nameOrPath, int trainingImages, std::optional<int> validationImages,
             std::uint64_t splitSeed, const ReadProgress& progress)
{
    DataSet data;
    data.name = nameOrPath;
    DataFiles files =
        readFiles(nameOrPath, {.testOnly = false, .splitSeed = splitSeed, .progress = progress}, &data.form);
    split(data, std::move(files), trainingImages, validationImages, splitSeed);
    measure(data);
    return data;
}

} // namespace

void BrokenFiles::add(File file)
{
    if (++count <= static_cast<std::int64_t>(shown))
        first.push_back(std::move(file));
}

std::string className(const DataSet& data, int label)
{
    return std::size_t(label) < data.classNames.size() ? data.classNames[std::size_t(label)] : std::to_string(label);
}

fs::path dataSetPath(const std::string& nameOrPath)
{
    const fs::path path = findDataSet(nameOrPath, false);
    completeFormat(path, false);
    return path;
}

ImageSet loadTestImages(const std::string& nameOrPath, std::uint64_t splitSeed)
{
    DataFiles files = readFiles(nameOrPath, {.testOnly = true, .splitSeed = splitSeed});
    splitTestOff(files, splitSeed);
    return files.test;
}

DataSet loadDataSet(const std::string& nameOrPath, int trainingImages, int validationImages, std::uint64_t splitSeed,
                    const ReadProgress& progress)
{
    return load(nameOrPath, trainingImages, validationImages, splitSeed, progress);
}

DataSet loadWholeDataSet(const std::string& nameOrPath, std::uint64_t splitSeed, const ReadProgress& progress)
{
    return load(nameOrPath, 0, std::nullopt, splitSeed, progress);
}

} // namespace spacewright
