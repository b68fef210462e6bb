// What ends a training for which a device's memory is too small just now.
#pragma once
#include <new>

namespace spacewright {

/// The network may fit later, when others are done, or in smaller parts.
struct DeviceMemoryFull : std::bad_alloc {
    const char* what() const noexcept override { return "the device's memory is full"; }
};

} // namespace spacewright
