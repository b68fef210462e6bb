// The IDX files of MNIST and its relatives, plain or gzipped.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

/// Reads images (magic 0x803) and labels (0x801) of equal count; the class count is the largest label + 1. Of images
/// that are not square the centre is kept, and `notes` says so.
/// Throws Error naming the file and what is wrong with it; never allocates more than the header's product, which
/// must agree with the bytes that follow.
ImageSet readIdx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 std::vector<std::string>& notes);

/// A row of the table of formats: the four files, each plain or with .gz.
bool holdsIdx(const std::filesystem::path&);
void checkIdx(const std::filesystem::path&, bool testOnly);
DataFiles readIdxFolder(const std::filesystem::path&, const ReadOptions&);

/// The first file that the folder lacks; empty when it is complete.
std::string missingIdx(const std::filesystem::path& folder, bool testOnly);

} // namespace spacewright
