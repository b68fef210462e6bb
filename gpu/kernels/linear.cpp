// Small matrix products with their accumulators in registers.
#include "gpu/kernels/linear.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

/// y of `Images` rows and `Outputs` columns at once: dot products along the inputs.
template <int Images, int Outputs>
void dotProducts(const LinearShape& shape, const float* x, const float* weight, const float* bias, float* y)
{
    Vector products[Images][Outputs]{};
    const auto addProducts = [&](auto loadAt) __attribute__((always_inline))
    {
        Vector rows[Images];
        for (int n = 0; n < Images; ++n)
            rows[n] = loadAt(x + static_cast<std::ptrdiff_t>(n) * shape.inputs);
        for (int k = 0; k < Outputs; ++k) {
            const Vector w = loadAt(weight + static_cast<std::ptrdiff_t>(k) * shape.inputs);
            for (int n = 0; n < Images; ++n)
                products[n][k] += rows[n] * w;
        }
    };
    int i = 0;
    for (; i + lanes <= shape.inputs; i += lanes)
        addProducts([i](const float* row) __attribute__((always_inline)) { return load(row + i); });
    if (i < shape.inputs)
        addProducts([ i, n = shape.inputs - i ](const float* row)
                        __attribute__((always_inline)) { return loadFirst(row + i, n); });
    for (int n = 0; n < Images; ++n)
        for (int k = 0; k < Outputs; ++k)
            y[static_cast<std::ptrdiff_t>(n) * shape.outputs + k] = sum(products[n][k]) + bias[k];
}

template <int Images>
void forwardRows(const LinearShape& shape, const float* x, const float* weight, const float* bias, float* y)
{
    int k = 0;
    for (; k + 4 <= shape.outputs; k += 4)
        dotProducts<Images, 4>(shape, x, weight + static_cast<std::ptrdiff_t>(k) * shape.inputs, bias + k, y + k);
    for (; k < shape.outputs; ++k)
        dotProducts<Images, 1>(shape, x, weight + static_cast<std::ptrdiff_t>(k) * shape.inputs, bias + k, y + k);
}

void forward(const LinearShape& shape, const float* x, const float* weight, const float* bias, float* y)
{
    const std::ptrdiff_t in = shape.inputs, out = shape.outputs;
    int n = 0;
    for (; n + 2 <= shape.batch; n += 2)
        forwardRows<2>(shape, x + n * in, weight, bias, y + n * out);
    if (n < shape.batch)
        forwardRows<1>(shape, x + n * in, weight, bias, y + n * out);
}

/// c = a b, where b and c (rows x columns) are dense and a is read with any strides.
struct Product {
    int rows, inner, columns;
    const float* a;
    std::ptrdiff_t rowStride, innerStride; ///< of a
    const float* b;                        ///< inner x columns
    float* c;
};

/// `Rows` rows of c at one vector of columns, of which the first `n` are there.
template <int Rows>
ALWAYS_INLINE void productAt(const Product& product, int row, int column, int n)
{
    Vector total[Rows]{};
    for (int k = 0; k < product.inner; ++k) {
        const float* b = product.b + static_cast<std::ptrdiff_t>(k) * product.columns + column;
        const Vector values = n == lanes ? load(b) : loadFirst(b, n);
        for (int r = 0; r < Rows; ++r)
            total[r] += all(product.a[(row + r) * product.rowStride + k * product.innerStride]) * values;
    }
    for (int r = 0; r < Rows; ++r)
        storeFirst(product.c + static_cast<std::ptrdiff_t>(row + r) * product.columns + column, total[r], n);
}

void multiply(const Product& product)
{
    constexpr int together = 8;
    for (int column = 0; column < product.columns; column += lanes) {
        const int n = product.columns - column < lanes ? product.columns - column : lanes;
        int row = 0;
        for (; row + together <= product.rows; row += together)
            productAt<together>(product, row, column, n);
        for (; row < product.rows; ++row)
            productAt<1>(product, row, column, n);
    }
}

void backward(const LinearShape& shape, const LinearBackward& call)
{
    for (int k = 0; k < shape.outputs; ++k) {
        float sum = 0;
        for (int n = 0; n < shape.batch; ++n)
            sum += call.dy[static_cast<std::ptrdiff_t>(n) * shape.outputs + k];
        call.dbias[k] = sum;
    }
    multiply({shape.outputs, shape.batch, shape.inputs, call.dy, 1, shape.outputs, call.x, call.dweight});
    if (call.dx)
        multiply({shape.batch, shape.outputs, shape.inputs, call.dy, shape.outputs, 1, call.weight, call.dx});
}

} // namespace

extern const LinearKernels linearKernels;
const LinearKernels linearKernels{forward, backward};

} // namespace spacewright::SPACEWRIGHT_SET
