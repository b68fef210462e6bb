// Labelled 8-bit images in memory, and where the data sets are found.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace spacewright {

struct ImageSet {
    int count = 0;
    int channels = 1;
    int size = 28; ///< height = width, pixels
    int classes = 10;
    std::vector<std::uint8_t> pixels; ///< count x channels x size x size
    std::vector<std::uint8_t> labels; ///< count, in 0 .. classes - 1
};

/// Training and validation are split off the training files; the test set is for the end.
struct DataSet {
    std::string name;
    ImageSet training;
    ImageSet validation;
    ImageSet test;
    std::vector<float> mean; ///< per channel, of the training split, in units of 0..1
    std::vector<float> deviation;
};

/// A data set by name ("fashion-mnist") or from a folder of IDX files (train-images-idx3-ubyte[.gz] ...).
/// The last `validationImages` training images become the validation split; of those before them the first
/// `trainingImages` are used (0: all). Throws Error with the command or file that is missing.
DataSet loadDataSet(const std::string& nameOrFolder, int trainingImages, int validationImages);

/// The test images alone; of a folder, which then needs no training images.
ImageSet loadTestImages(const std::string& nameOrFolder);

/// Where `nameOrFolder` would be read from, without reading it; throws the same Error when it is missing.
std::filesystem::path dataSetFolder(const std::string& nameOrFolder);

} // namespace spacewright
