// The IDX files of MNIST and its relatives, plain or gzipped.
#pragma once
#include "core/data/image_set.h"

namespace spacewright {

/// Reads images (magic 0x803, square) and labels (0x801) of equal count; the class count is the largest label + 1.
/// Throws Error naming the file and what is wrong with it; never allocates more than the header's product, which
/// must agree with the bytes that follow.
ImageSet readIdx(const std::filesystem::path& images, const std::filesystem::path& labels);

} // namespace spacewright
