// Which images train, which validate and which are for the test.
#pragma once
#include "core/data/data_files.h"
#include <optional>

namespace spacewright {

/// Fills the three sets of `data`, its classes, its names and notes. Without a number of validation images they are
/// those that the files name, or a sixth of those for training, at most 10,000. Throws Error when there are too few
/// images.
void split(DataSet& data, DataFiles, int trainingImages, std::optional<int> validation, std::uint64_t splitSeed);

/// Whether the images change places: not where the order is official and the seed 0, nor twice.
bool shuffles(const DataFiles&, std::uint64_t splitSeed);

/// For each place the image that the seed puts there; test images stay in theirs.
std::vector<std::int32_t> imageOrder(DataFiles&, Part, std::uint64_t splitSeed);

/// Shuffles, unless the order is official and the seed 0, and takes a sixth of the training images for the test where
/// the files name none. Returns a sentence about the test images.
std::string splitTestOff(DataFiles&, std::uint64_t splitSeed);

} // namespace spacewright
