// How a kernel is called on a device. C++17 and no library's types, because nvcc reads it too.
#pragma once

namespace spacewright {

struct Launch {
    void* stream = nullptr; ///< a cudaStream_t
    bool bf16 = false;      ///< activations and their gradients are bfloat16, whatever their pointers say
};

} // namespace spacewright
