// Chooses by shape alone, so that a training goes on with the same numbers after an interruption.
#include "gpu/compiled/convolution.h"
#include "gpu/compiled/gradient_sum.h"
#include "gpu/compiled/onednn_convolution.h"
#include "gpu/compiled/pointwise.h"
#include "gpu/compiled/scratch.h"

namespace spacewright::compiled {

namespace {

/// The first convolution reads the images, which want no gradient.
bool isStem(const Layer& layer)
{
    return layer.input == 0 && layer.groups == 1 && layer.inWidth <= 4;
}

StemConvolutionShape stemShape(const Layer& layer, int images)
{
    return {images, layer.inSize, layer.inWidth, layer.outWidth, layer.kernel, layer.stride};
}

GroupConvolutionShape groupShape(const Layer& layer, int images)
{
    return {images, layer.inSize, layer.inWidth, layer.inWidth / layer.groups, layer.stride};
}

bool isPointwise(const Layer& layer)
{
    return layer.kernel == 1 && layer.groups == 1;
}

bool isNarrowGroups(const Layer& layer)
{
    return layer.kernel == 3 && layer.groups > 1 && layer.inWidth == layer.outWidth &&
           kernels().groupConvolution.supports(groupShape(layer, 1));
}

std::size_t weightCount(const Layer& layer)
{
    return static_cast<std::size_t>(layer.outWidth) * layer.inWidth / layer.groups * layer.kernel * layer.kernel;
}

} // namespace

Operation convolve(const Layer& layer, const float* weights, const Buffer& x, const Buffer& y)
{
    if (isPointwise(layer))
        return pointwiseForward(layer, weights, x, y);
    if (isStem(layer))
        return [=, &x, &y](Images images) {
            const StemConvolutionShape shape = stemShape(layer, images.count);
            kernels().stemConvolution.forward(shape, x.at(images.first), weights, y.at(images.first),
                                              scratch(kernels().stemConvolution.scratch(shape)));
        };
    if (isNarrowGroups(layer))
        return [=, &x, &y](Images images) {
            const GroupConvolutionShape shape = groupShape(layer, images.count);
            kernels().groupConvolution.forward(shape, x.at(images.first), weights, y.at(images.first),
                                               scratch(kernels().groupConvolution.scratch(shape)));
        };
    return oneDnnForward(layer, weights, x, y);
}

Operation convolutionDataGradient(const Layer& layer, const float* weights, const Buffer& dy, const Buffer& dx)
{
    if (isPointwise(layer))
        return pointwiseDataGradient(layer, weights, dy, dx);
    if (isNarrowGroups(layer))
        return [=, &dy, &dx](Images images) {
            const GroupConvolutionShape shape = groupShape(layer, images.count);
            kernels().groupConvolution.backwardData(shape, dy.at(images.first), weights, dx.at(images.first),
                                                    scratch(kernels().groupConvolution.scratch(shape)));
        };
    return oneDnnDataGradient(layer, weights, dy, dx);
}

Operation convolutionWeightGradient(const Layer& layer, const Buffer& x, const Buffer& dy, float* gradient)
{
    if (isPointwise(layer))
        return pointwiseWeightGradient(layer, x, dy, gradient);
    if (!isStem(layer) && !isNarrowGroups(layer))
        return oneDnnWeightGradient(layer, x, dy, gradient);
    return [layer, &x, &dy, sum = GradientSum(gradient, weightCount(layer))](Images images) mutable {
        if (isStem(layer)) {
            const StemConvolutionShape shape = stemShape(layer, images.count);
            kernels().stemConvolution.backwardWeights(shape, x.at(images.first), dy.at(images.first),
                                                      sum.target(images),
                                                      scratch(kernels().stemConvolution.scratch(shape)));
        } else {
            const GroupConvolutionShape shape = groupShape(layer, images.count);
            kernels().groupConvolution.backwardWeights(shape, x.at(images.first), dy.at(images.first),
                                                       sum.target(images),
                                                       scratch(kernels().groupConvolution.scratch(shape)));
        }
        sum.add(images);
    };
}

} // namespace spacewright::compiled
