// One entry of a compiled step's list, and the memory that entries work on.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>

namespace spacewright::compiled {

/// A run of images within the batch.
struct Images {
    int first = 0, count = 0;
    bool last = false; ///< no image comes after these
};

/// Some floats for every image of a batch: activations or their gradients, channels last. The planner places it in the
/// arena. One that lives within a single segment holds one piece of the batch only and is used again for the next.
struct Buffer {
    std::size_t floats = 0; ///< per image
    bool onePiece = false;
    float* data = nullptr;

    float* at(int image) const { return data + (onePiece ? 0 : image * floats); }
};

/// Has its buffers and parameters with it. It runs piece by piece through the batch, in order, and may gather something
/// over the pieces: image 0 begins anew. The first run for a number of images may allocate, later ones do not.
using Operation = std::function<void(Images)>;

} // namespace spacewright::compiled
