// A data set's images: in memory where they are few, otherwise in a pixel cache beside the files they came from.
#pragma once
#include "core/data/image_sink.h"

namespace spacewright {

/// Reads into a sink; the result has everything but the images.
using ImageReader = std::function<DataFiles(ImageSink&)>;

/// What `read` gives. Images of more than `ReadOptions::inMemory` bytes are read once into a cache, in the order that
/// the split seed draws, and mapped from there until one of `files` changes. `data` is what the user names.
DataFiles readStored(const std::filesystem::path& data, const std::vector<std::filesystem::path>& files,
                     const ReadOptions&, const ImageReader& read);

} // namespace spacewright
