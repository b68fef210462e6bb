// The IDX files of MNIST and its relatives, plain or gzipped.
#pragma once
#include "core/data/image_sink.h"

namespace spacewright {

/// Reads images (magic 0x803) and labels (0x801) of equal count. Of images that are not square the centre is kept; the
/// result is a sentence about that, or empty.
/// Throws Error naming the file and what is wrong with it; beside the labels one image is in memory at a time.
std::string readIdx(const std::filesystem::path& images, const std::filesystem::path& labels, Part, ImageSink&);

/// A row of the table of formats: the four files, each plain or with .gz.
bool holdsIdx(const std::filesystem::path&);
void checkIdx(const std::filesystem::path&, bool testOnly);
DataFiles readIdxFolder(const std::filesystem::path&, const ReadOptions&);

/// The first file that the folder lacks; empty when it is complete.
std::string missingIdx(const std::filesystem::path& folder, bool testOnly);

} // namespace spacewright
