// Products of long, narrow matrices: 1x1 convolutions, whose rows are the pixels of a batch.
#pragma once
#include <cstddef>
#include <cstdint>

namespace spacewright {

/// Element (row, column) stands at row * rowStep + column * columnStep: a matrix or its transpose.
struct MatrixView {
    const float* data = nullptr;
    std::int64_t rowStep = 0, columnStep = 1;
};

struct MatrixKernels {
    /// Floats of an `inner` x `columns` matrix in the order that `multiply` reads.
    std::size_t (*packedFloats)(int inner, int columns);
    void (*pack)(int inner, int columns, const MatrixView&, float* packed);
    /// c (rows x columns) = a (rows x inner) * packed.
    void (*multiply)(std::int64_t rows, int inner, int columns, const float* a, const float* packed, float* c);
    /// c (height x columns) = a^T b [+ c], with a (rows x height) and b (rows x columns).
    void (*multiplyTransposed)(std::int64_t rows, int height, int columns, const float* a, const float* b, bool add,
                               float* c);
};

} // namespace spacewright
