// Tables of pixels in the form of MNIST's CSV files.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

/// A row is an image: a label 0..255, and the pixels 0..255 row by row, for colour red, green and blue of each pixel
/// side by side. A first line of words is a header; a column "label" or "class" in it may stand anywhere, otherwise the
/// label is first. One file (.csv, .csv.gz), or a folder with one whose name has "train" in it and one with "test".
/// Throws Error naming file and line.
bool holdsCsv(const std::filesystem::path&);
DataFiles readCsv(const std::filesystem::path&, const ReadOptions&);

} // namespace spacewright
