// Packs the weights once per pass; a stride first gathers the pixels that count.
#include "gpu/compiled/pointwise.h"
#include "gpu/compiled/scratch.h"
#include <algorithm>
#include <cstring>

namespace spacewright::compiled {

namespace {

std::int64_t outputs(const Layer& layer, Images images)
{
    return static_cast<std::int64_t>(images.count) * layer.outSize * layer.outSize;
}

/// Calls visit(pixel of the full image, pixel of the strided one), both in rows of the layer's input channels.
template <class Visit>
void forStridedPixels(const Layer& layer, int images, Visit visit)
{
    std::int64_t strided = 0;
    for (int image = 0; image < images; ++image)
        for (int y = 0; y < layer.outSize; ++y)
            for (int x = 0; x < layer.outSize; ++x, ++strided) {
                const std::int64_t row = static_cast<std::int64_t>(image) * layer.inSize + y * layer.stride;
                visit((row * layer.inSize + x * layer.stride) * layer.inWidth, strided * layer.inWidth);
            }
}

/// The input's pixels that the convolution looks at, in one piece.
const float* looked(const Layer& layer, const float* x, int images)
{
    if (layer.stride == 1)
        return x;
    const std::size_t pixel = layer.inWidth * sizeof(float);
    float* gathered = scratch(static_cast<std::size_t>(images) * layer.outSize * layer.outSize * layer.inWidth);
    forStridedPixels(layer, images, [&](std::int64_t full, std::int64_t strided) {
        std::memcpy(gathered + strided, x + full, pixel);
    });
    return gathered;
}

/// Weights as the right-hand matrix of a product.
class PackedWeights {
public:
    PackedWeights(const MatrixKernels& kernels, int inner, int columns, const MatrixView& view)
        : m_kernels(kernels), m_inner(inner), m_columns(columns), m_view(view),
          m_packed(kernels.packedFloats(inner, columns))
    {
    }
    /// They change from pass to pass.
    const float* of(Images images)
    {
        if (images.first == 0)
            m_kernels.pack(m_inner, m_columns, m_view, m_packed.data());
        return m_packed.data();
    }

private:
    const MatrixKernels& m_kernels;
    int m_inner, m_columns;
    MatrixView m_view;
    std::vector<float> m_packed;
};

} // namespace

Operation pointwiseForward(const MatrixKernels& k, const Layer& layer, const float* weights, const Buffer& x,
                           const Buffer& y)
{
    return [&k, layer, &x, &y, packed = PackedWeights(k, layer.inWidth, layer.outWidth, {weights, 1, layer.inWidth})](
               Images images) mutable {
        k.multiply(outputs(layer, images), layer.inWidth, layer.outWidth,
                   looked(layer, x.at(images.first), images.count), packed.of(images), y.at(images.first));
    };
}

Operation pointwiseDataGradient(const MatrixKernels& k, const Layer& layer, const float* weights, const Buffer& dy,
                                const Buffer& dx)
{
    return [&k, layer, &dy, &dx, packed = PackedWeights(k, layer.outWidth, layer.inWidth, {weights, layer.inWidth, 1})](
               Images images) mutable {
        const std::int64_t rows = outputs(layer, images);
        float* full = dx.at(images.first);
        float* result = layer.stride == 1 ? full : scratch(static_cast<std::size_t>(rows) * layer.inWidth);
        k.multiply(rows, layer.outWidth, layer.inWidth, dy.at(images.first), packed.of(images), result);
        if (layer.stride == 1)
            return;
        std::fill_n(full, images.count * dx.floats, 0.0f);
        forStridedPixels(layer, images.count, [&](std::int64_t pixel, std::int64_t strided) {
            std::memcpy(full + pixel, result + strided, layer.inWidth * sizeof(float));
        });
    };
}

Operation pointwiseWeightGradient(const MatrixKernels& k, const Layer& layer, const Buffer& x, const Buffer& dy,
                                  float* gradient)
{
    return [&k, layer, &x, &dy, gradient](Images images) {
        k.multiplyTransposed(outputs(layer, images), layer.outWidth, layer.inWidth, dy.at(images.first),
                             looked(layer, x.at(images.first), images.count), images.first > 0, gradient);
    };
}

} // namespace spacewright::compiled
