// What is worth knowing about a data set before hundreds of networks are trained on it.
#pragma once
#include "core/data/image_set.h"
#include <optional>

namespace spacewright {

struct ClassCount {
    std::string name;
    std::int64_t training = 0, validation = 0, test = 0;
};

/// Images that are equal in every pixel.
struct Duplicates {
    std::int64_t withinTraining = 0; ///< training images that equal an earlier one
    std::int64_t validationInTraining = 0;
    std::int64_t testInOthers = 0; ///< test images that training or validation has too
    std::int64_t otherLabel = 0;   ///< of all these, those whose equal has another class
};

std::vector<ClassCount> classCounts(const DataSet&);
/// Reads every image; memory for two numbers per image.
Duplicates duplicates(const DataSet&, const ReadProgress& = {});

/// One line of the check; `ok` is false where something should be mended first.
struct DataFinding {
    std::string check;
    bool ok;
    std::string detail;
};
/// Form, shape, classes, mean and deviation, what was done to the images, broken files, duplicates, split.
std::vector<DataFinding> findings(const DataSet&, const ReadProgress& = {});

/// Positions of the first training images of a class, at most `most`.
std::vector<int> examplesOf(const DataSet&, int label, int most);

} // namespace spacewright
