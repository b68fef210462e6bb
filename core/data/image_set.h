// Labelled 8-bit images, split into those for training, validation and the test, and where data sets are found.
#pragma once
#include "core/data/pixels.h"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace spacewright {

struct ImageSet {
    int count = 0;
    int channels = 1;
    int size = 28; ///< height = width, pixels
    int classes = 10;
    Pixels pixels;                    ///< count x channels x size x size
    std::vector<std::uint8_t> labels; ///< count, in 0 .. classes - 1

    std::size_t valuesPerImage() const { return std::size_t(channels) * std::size_t(size) * std::size_t(size); }
    const std::uint8_t* image(int i) const { return pixels.data() + std::size_t(i) * valuesPerImage(); }
    /// How far ahead of what is read expect() is called.
    static constexpr int ahead = 256;
    /// Says that this image will be read soon, see Pixels; any number is allowed.
    void expect(int i) const
    {
        if (i >= 0 && i < count)
            pixels.expect(std::size_t(i) * valuesPerImage(), valuesPerImage());
    }
};

/// Files that could not be used; the others were.
struct BrokenFiles {
    struct File {
        std::string name, reason;
    };
    static constexpr std::size_t shown = 20;
    std::int64_t count = 0;
    std::vector<File> first; ///< at most `shown`

    void add(File);
};

/// Training and validation are split off the training files; the test set is for the end.
struct DataSet {
    std::string name;
    std::string form; ///< of the files: "IDX", "image folder", ...
    ImageSet training;
    ImageSet validation;
    ImageSet test;
    std::vector<float> mean; ///< per channel, of the training split, in units of 0..1
    std::vector<float> deviation;
    std::vector<std::string> classNames; ///< one per class, or none where the files name no classes
    std::string split;                   ///< a sentence: which images validate and test
    std::vector<std::string> notes;      ///< sentences: what was done to the images, such as resizing
    BrokenFiles broken;
};

/// The class's name, or its number where it has none.
std::string className(const DataSet&, int label);

/// Called now and then while files are read, with how many of all are done; false stops with an Error.
using ReadProgress = std::function<bool(std::int64_t done, std::int64_t all)>;

/// A data set by name ("fashion-mnist") or from files in one of the forms of core/data/formats.h.
/// Files with an official order: the last `validationImages` training images become the validation split. Other files,
/// or any with a `splitSeed` above 0: the training images are shuffled by that seed before. Of those left the first
/// `trainingImages` are used (0: all). Throws Error with the command or file that is missing.
DataSet loadDataSet(const std::string& nameOrPath, int trainingImages, int validationImages,
                    std::uint64_t splitSeed = 0, const ReadProgress& = {});

/// The same with every image: a sixth of those for training, at most 10,000, validates.
DataSet loadWholeDataSet(const std::string& nameOrPath, std::uint64_t splitSeed = 0, const ReadProgress& = {});

/// The test images alone; of IDX files, which then need no training images.
ImageSet loadTestImages(const std::string& nameOrPath, std::uint64_t splitSeed = 0);

/// Where it would be read from, without reading it; throws the same Error when it is missing.
std::filesystem::path dataSetPath(const std::string& nameOrPath);

} // namespace spacewright
