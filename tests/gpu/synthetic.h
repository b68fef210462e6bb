// A small world for the tests: a folder of images that can be learnt, a tiny network, a recipe, a place for files.
#pragma once
#include "core/design/sampler.h"
#include "core/study/recipe.h"
#include "tests/temporary_folder.h"

namespace spacewright::synthetic {

using test::Folder;

/// Four IDX files of 8x8 grey images: 256 for training and 64 for validation, 64 for the test. The brighter quarter of
/// an image is its class.
std::filesystem::path writeImages(const Folder&);
/// For those images: 4 classes, batches of 16.
Recipe recipe(const std::filesystem::path& images, int epochs);
/// A network of two stages for those images; other widths for every index.
Sample sample(std::int64_t index);

} // namespace spacewright::synthetic
