// Adapts a design space to a data set.
#include "core/design/fitted.h"

namespace spacewright {

Space fittedTo(Space space, int channels, int size, int classes)
{
    constexpr int largestSmallImage = 64;
    Network& network = space.prototype;
    network.inputChannels = channels;
    network.resolution = size;
    network.classes = classes;
    if (size <= largestSmallImage) {
        network.stem = StemType::cifar;
        network.stemWidth = 16;
    }
    return space;
}

} // namespace spacewright
