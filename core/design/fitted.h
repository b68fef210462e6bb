// Adapts a design space to a data set.
#pragma once
#include "core/design/space.h"

namespace spacewright {

/// The space with the prototype's (and listed networks') channels, resolution (pixels) and classes set; images of at
/// most 64 pixels get the stem that small images need (`cifar`, 3x3 stride 1) of width 16.
Space fittedTo(Space, int channels, int size, int classes);

} // namespace spacewright
