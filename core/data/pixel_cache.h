// Decoded images in one flat file of 8-bit pixels, which is read by a memory map.
#pragma once
#include "core/data/image_sink.h"
#include "core/whole_file.h"
#include <array>
#include <optional>

namespace spacewright {

/// Layout: pixels of the training, validation and test images, their labels, a JSON object, its length (8 bytes, little
/// endian), 8 bytes that name the format.
class PixelCacheWriter : public ImageSink {
public:
    explicit PixelCacheWriter(const std::filesystem::path&);

    void begin(Part, int channels, int size, int classes = 0) override;
    void append(const std::vector<std::uint8_t>& planes, std::uint8_t label) override;
    /// `files` gives order, names, notes and what was broken.
    void complete(const DataFiles& files);

private:
    WholeFile m_file;
    std::size_t m_part = 0;
    int m_size = 0, m_channels = 0, m_classes = 0;
    std::string m_labels;
    std::array<int, 3> m_counts{}; ///< of each part
};

/// The sets as views of the mapped file; nothing when it is missing or was not made by this version.
std::optional<DataFiles> readPixelCache(const std::filesystem::path&);

} // namespace spacewright
