// Which images train, which validate and which are for the test.
#include "core/data/split.h"
#include "core/design/random.h"
#include "core/error.h"
#include <algorithm>
#include <numeric>

namespace spacewright {

namespace {

ImageSet part(const ImageSet& all, int first, int count)
{
    ImageSet set = all;
    const std::size_t image = all.valuesPerImage();
    set.count = count;
    set.pixels = all.pixels.part(std::size_t(first) * image, std::size_t(count) * image);
    set.labels.assign(all.labels.begin() + first, all.labels.begin() + first + count);
    return set;
}

ImageSet reordered(const ImageSet& set, const std::vector<std::int32_t>& order)
{
    ImageSet result = set;
    const std::size_t image = set.valuesPerImage();
    std::vector<std::uint8_t> pixels(set.pixels.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        std::copy_n(set.image(order[i]), image, pixels.begin() + static_cast<std::ptrdiff_t>(i * image));
        result.labels[i] = set.labels[std::size_t(order[i])];
    }
    result.pixels = std::move(pixels);
    return result;
}

std::string counted(int part, int all, const char* kind)
{
    return std::to_string(part) + " of " + std::to_string(all) + " " + kind;
}

} // namespace

bool shuffles(const DataFiles& files, std::uint64_t splitSeed)
{
    return files.order == ImageOrder::ofFile || (files.order == ImageOrder::official && splitSeed > 0);
}

std::vector<std::int32_t> imageOrder(DataFiles& files, Part part, std::uint64_t splitSeed)
{
    const std::int32_t count = imagesOf(files, part).count;
    if (part != Part::test && count > 0 && shuffles(files, splitSeed))
        return shuffled(count, Random(splitSeed, static_cast<std::uint64_t>(part)));
    std::vector<std::int32_t> asItIs(static_cast<std::size_t>(count));
    std::iota(asItIs.begin(), asItIs.end(), 0);
    return asItIs;
}

std::string splitTestOff(DataFiles& files, std::uint64_t splitSeed)
{
    if (shuffles(files, splitSeed))
        for (const Part part : {Part::training, Part::validation})
            imagesOf(files, part) = reordered(imagesOf(files, part), imageOrder(files, part, splitSeed));
    if (files.test.count > 0)
        return "test: the " + std::to_string(files.test.count) + " images that the files name";
    const int all = files.training.count, count = std::max(1, all / testShare);
    if (all <= count)
        throw Error("The data set has " + std::to_string(all) + " images, too few to take one for the test.");
    files.test = part(files.training, all - count, count);
    files.training = part(files.training, 0, all - count);
    return "test: " + counted(count, all, "images") + ", drawn by split seed " + std::to_string(splitSeed);
}

void split(DataSet& data, DataFiles files, int trainingImages, std::optional<int> validation, std::uint64_t splitSeed)
{
    const bool inOrder = files.order == ImageOrder::official && splitSeed == 0;
    const std::string test = splitTestOff(files, splitSeed);
    const bool named = files.validation.count > 0;
    const ImageSet& all = files.training;
    constexpr int mostByDefault = 10000;
    const int usual = named ? files.validation.count : std::clamp(all.count / testShare, 1, mostByDefault);
    const int validationImages = validation.value_or(usual);
    const int available = named ? all.count : all.count - validationImages;
    if (validationImages < 1 || available < 1 || trainingImages < 0 || trainingImages > available ||
        (named && validationImages > files.validation.count))
        throw Error("The data set " + data.name + " has " + std::to_string(all.count) + " training images" +
                    (named ? " and " + std::to_string(files.validation.count) + " for validation" : "") +
                    ", which is not enough for " + std::to_string(trainingImages) + " to train on and " +
                    std::to_string(validationImages) +
                    " to validate with (at least 1 of each). Ask for fewer (in the terminal --training-images, 0 for "
                    "all, and --validation-images).");
    data.test = files.test;
    data.training = part(all, 0, trainingImages == 0 ? available : trainingImages);
    data.validation = named ? part(files.validation, 0, validationImages) : part(all, available, validationImages);
    const int classes = std::max({all.classes, data.validation.classes, data.test.classes});
    data.training.classes = data.validation.classes = data.test.classes = classes;
    data.classNames = std::move(files.classNames);
    data.notes = std::move(files.notes);
    data.broken = std::move(files.broken);
    const std::string drawn = ", drawn by split seed " + std::to_string(splitSeed);
    data.split = "training: " + std::to_string(data.training.count) + " images; validation: " +
                 (named ? counted(validationImages, files.validation.count, "images that the files name") +
                              (inOrder ? "" : drawn)
                  : inOrder ? "the last " + counted(validationImages, all.count, "training images")
                            : counted(validationImages, all.count, "training images") + drawn) +
                 "; " + test + ".";
}

} // namespace spacewright
