// How sure an error counted on a number of images is.
#pragma once
#include <cstdint>

namespace spacewright {

struct PercentInterval {
    double low = 0, high = 100;
};

/// 95 % interval of the error of a network that answers `wrong` of `images` images wrongly, percent, by Wilson's score
/// (Wilson 1927): it stays within 0 to 100 and is no point at either end. Throws Error for no images, and for more
/// wrong answers than images.
PercentInterval errorInterval(std::int64_t wrong, std::int64_t images);

} // namespace spacewright
