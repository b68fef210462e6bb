// Where the readers of data sets put images, one at a time.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

class ImageSink {
public:
    virtual ~ImageSink() = default;
    /// Of the images that follow; training, validation and test come in this order. Their labels are below `classes`,
    /// 0 where the reader does not know. Throws DifferentShapes where the shape is not that of the parts before.
    virtual void begin(Part, int channels, int size, int classes = 0) = 0;
    /// Plane after plane: channels x size x size values.
    virtual void append(const std::vector<std::uint8_t>& planes, std::uint8_t label) = 0;
    struct DifferentShapes {};
};

} // namespace spacewright
