// What the files of a data set hold, before images are split off for validation.
#pragma once
#include "core/data/image_set.h"

namespace spacewright {

/// How the images came; decides whether the split needs to shuffle them.
enum class ImageOrder {
    official, ///< as published: everyone uses the same last images for validation
    ofFile,   ///< as it happens to be, perhaps by class
    shuffled  ///< by the seed already
};

enum class Part { training, validation, test };

struct DataFiles {
    ImageOrder order = ImageOrder::official;
    ImageSet training;
    ImageSet validation; ///< none where `count` is 0: split off the training images
    ImageSet test;       ///< none where `count` is 0: split off the training images
    std::vector<std::string> classNames;
    std::vector<std::string> notes;
    BrokenFiles broken;
};

inline ImageSet& imagesOf(DataFiles& files, Part part)
{
    return part == Part::training ? files.training : part == Part::validation ? files.validation : files.test;
}

struct ReadOptions {
    bool testOnly = false;       ///< training images may be missing
    std::uint64_t splitSeed = 0; ///< for those that shuffle while they read
    ReadProgress progress = {};
    /// Bytes of images beyond which they are cached: CIFAR has 184 MB, and a mapped file is shared by processes.
    std::uint64_t inMemory = 512 << 20;
};

/// One image in this many is for the test where the files name none.
constexpr int testShare = 6;

} // namespace spacewright
