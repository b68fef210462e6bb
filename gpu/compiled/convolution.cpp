// Chooses by shape alone, so that a training goes on with the same numbers after an interruption.
#include "gpu/compiled/convolution.h"
#include "gpu/compiled/gradient_sum.h"
#include "gpu/compiled/onednn_convolution.h"
#include "gpu/compiled/pointwise.h"
#include "gpu/compiled/scratch.h"
#include <algorithm>

namespace spacewright::compiled {

namespace {

enum class Method { pointwise, stem, groups, wide, oneDnn };

StemConvolutionShape stemShape(const Layer& layer, Images images)
{
    return {images.count, layer.inSize, layer.inWidth, layer.outWidth, layer.kernel, layer.stride};
}

GroupConvolutionShape groupShape(const Layer& layer, Images images)
{
    return {images.count, layer.inSize, layer.inWidth, layer.inWidth / layer.groups, layer.stride};
}

ConvolutionShape wideShape(const Layer& layer, Images images)
{
    return {images.count, layer.inSize, layer.inWidth, layer.outWidth, layer.groups, layer.kernel, layer.stride};
}

Method methodFor(const Layer& layer)
{
    constexpr Images one{0, 1, true};
    constexpr int halfAVector = 4;
    if (layer.kernel == 1 && layer.groups == 1)
        return Method::pointwise;
    if (layer.input == 0 && layer.groups == 1 && layer.inWidth <= 4)
        return Method::stem;
    if (layer.kernel == 3 && layer.groups > 1 && layer.inWidth == layer.outWidth &&
        kernels().groupConvolution.supports(groupShape(layer, one)))
        return Method::groups;
    if (std::min(layer.inWidth, layer.outWidth) / layer.groups >= halfAVector && layer.kernel <= 7)
        return Method::wide;
    return Method::oneDnn;
}

std::size_t weightCount(const Layer& layer)
{
    return static_cast<std::size_t>(layer.outWidth) * layer.inWidth / layer.groups * layer.kernel * layer.kernel;
}

/// Of y from x, or of dx from dy. The weights change from pass to pass.
Operation wideConvolution(const ConvolutionKernels& k, const Layer& layer, bool backward, const float* weights,
                          const Buffer& from, const Buffer& to)
{
    return [=, &k, &from, &to,
            packed = std::vector<float>(k.packedFloats(wideShape(layer, {}), backward))](Images images) mutable {
        const ConvolutionShape shape = wideShape(layer, images);
        if (images.first == 0)
            k.pack(shape, backward, weights, packed.data());
        (backward ? k.backwardData : k.forward)(shape, from.at(images.first), packed.data(), to.at(images.first),
                                                scratch(k.scratch(shape)));
    };
}

} // namespace

Operation convolve(const ProductKernels& products, const Layer& layer, const float* weights, const Buffer& x,
                   const Buffer& y)
{
    switch (methodFor(layer)) {
    case Method::pointwise:
        return pointwiseForward(products.matrix, layer, weights, x, y);
    case Method::stem:
        return [=, &x, &y, &k = kernels().stemConvolution](Images images) {
            const StemConvolutionShape shape = stemShape(layer, images);
            k.forward(shape, x.at(images.first), weights, y.at(images.first), scratch(k.scratch(shape)));
        };
    case Method::groups:
        return [=, &x, &y, &k = kernels().groupConvolution](Images images) {
            const GroupConvolutionShape shape = groupShape(layer, images);
            k.forward(shape, x.at(images.first), weights, y.at(images.first), scratch(k.scratch(shape)));
        };
    case Method::wide:
        return wideConvolution(products.convolution, layer, false, weights, x, y);
    case Method::oneDnn:
        break;
    }
    return oneDnnForward(layer, weights, x, y);
}

Operation convolutionDataGradient(const ProductKernels& products, const Layer& layer, const float* weights,
                                  const Buffer& dy, const Buffer& dx)
{
    switch (methodFor(layer)) {
    case Method::pointwise:
        return pointwiseDataGradient(products.matrix, layer, weights, dy, dx);
    case Method::groups:
        return [=, &dy, &dx, &k = kernels().groupConvolution](Images images) {
            const GroupConvolutionShape shape = groupShape(layer, images);
            k.backwardData(shape, dy.at(images.first), weights, dx.at(images.first), scratch(k.scratch(shape)));
        };
    case Method::wide:
        return wideConvolution(products.convolution, layer, true, weights, dy, dx);
    case Method::stem: // nobody asks for the images' gradient
    case Method::oneDnn:
        break;
    }
    return oneDnnDataGradient(layer, weights, dy, dx);
}

Operation convolutionWeightGradient(const ProductKernels& products, const Layer& layer, const Buffer& x,
                                    const Buffer& dy, float* gradient)
{
    switch (methodFor(layer)) {
    case Method::pointwise:
        return pointwiseWeightGradient(products.matrix, layer, x, dy, gradient);
    case Method::stem:
        return [layer, &x, &dy, &k = kernels().stemConvolution,
                sum = GradientSum(gradient, weightCount(layer))](Images images) mutable {
            const StemConvolutionShape shape = stemShape(layer, images);
            k.backwardWeights(shape, x.at(images.first), dy.at(images.first), sum.target(images),
                              scratch(k.scratch(shape)));
            sum.add(images);
        };
    case Method::groups:
        return [layer, &x, &dy, &k = kernels().groupConvolution,
                sum = GradientSum(gradient, weightCount(layer))](Images images) mutable {
            const GroupConvolutionShape shape = groupShape(layer, images);
            k.backwardWeights(shape, x.at(images.first), dy.at(images.first), sum.target(images),
                              scratch(k.scratch(shape)));
            sum.add(images);
        };
    case Method::wide:
        return [=, &x, &dy, &k = products.convolution](Images images) {
            const ConvolutionShape shape = wideShape(layer, images);
            k.backwardWeights(shape, x.at(images.first), dy.at(images.first), images.first > 0, gradient,
                              scratch(k.scratch(shape)));
        };
    case Method::oneDnn:
        break;
    }
    return oneDnnWeightGradient(layer, x, dy, gradient);
}

} // namespace spacewright::compiled
