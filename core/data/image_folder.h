// Pictures in folders that are named for their classes.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

/// train/CLASS/*.png|jpg with test/ and val/ beside it (val/ alone is the test), or CLASS/*.png|jpg, of which a sixth
/// is drawn for the test. Pictures of one square size keep it; others are cropped and resized, and a note says so. One
/// colour picture makes all have three channels. Those that cannot be decoded are listed as broken.
/// Decoded once, in the order of the split seed, into a pixel cache; of that no more than a picture is in memory.
bool holdsImages(const std::filesystem::path&);
DataFiles readImageFolder(const std::filesystem::path&, const ReadOptions&);

} // namespace spacewright
