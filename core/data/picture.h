// Decodes PNG and JPEG pictures with the system's libraries.
#pragma once
#include "core/data/resize.h"
#include <filesystem>

namespace spacewright {

/// By its ending, whatever its case: what one takes for a picture.
bool isNamedAsPicture(const std::filesystem::path&);

/// Size and channels (1: grey, 3: colour) without decoding; `values` stays empty. Recognised by content, not by the
/// ending. Throws Error with the reason alone; the caller knows the file.
Picture inspectPicture(const std::filesystem::path&);

/// 8-bit values of 1 or 3 channels; what is transparent is laid over white. Throws Error with the reason alone.
Picture decodePicture(const std::filesystem::path&, int channels);

} // namespace spacewright
