// Adapts a design space to a data set.
#include "core/design/fitted.h"
#include <algorithm>

namespace spacewright {

Space fittedTo(Space space, int channels, int size, int classes)
{
    constexpr int largestSmallImage = 64;
    const auto fit = [&](Network& network) {
        network.inputChannels = channels;
        network.resolution = size;
        network.classes = classes;
        if (size <= largestSmallImage && network.stem != StemType::cifar) { // that one may be of another width already
            network.stem = StemType::cifar;
            network.stemWidth = 16;
        }
    };
    fit(space.prototype);
    std::for_each(space.networks.begin(), space.networks.end(), fit);
    return space;
}

} // namespace spacewright
