// Memory that an operation needs only while it runs.
#pragma once
#include <cstddef>
#include <vector>

namespace spacewright::compiled {

/// At least so many floats, the same for every operation on this thread; grows, never shrinks.
inline float* scratch(std::size_t floats)
{
    thread_local std::vector<float> memory;
    if (memory.size() < floats)
        memory.resize(floats);
    return memory.data();
}

} // namespace spacewright::compiled
