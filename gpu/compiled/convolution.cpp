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

bool isGroups(const Layer& layer)
{
    return layer.kernel == 3 && layer.groups > 1 && layer.inWidth == layer.outWidth &&
           kernels().groupConvolution.supports(groupShape(layer, 1));
}

/// Enough channels in a group to fill half a vector.
bool isWide(const Layer& layer)
{
    return layer.inWidth / layer.groups >= 4 && layer.outWidth / layer.groups >= 4 && layer.kernel <= 7;
}

ConvolutionShape wideShape(const Layer& layer, int images)
{
    return {images, layer.inSize, layer.inWidth, layer.outWidth, layer.groups, layer.kernel, layer.stride};
}

/// Of y from x, or of dx from dy. The weights change from pass to pass.
Operation wideConvolution(const Layer& layer, bool backward, const float* weights, const Buffer& from, const Buffer& to)
{
    const ConvolutionKernels& k = kernels().convolution;
    return [=, &k, &from, &to,
            packed = std::vector<float>(k.packedFloats(wideShape(layer, 1), backward))](Images images) mutable {
        const ConvolutionShape shape = wideShape(layer, images.count);
        if (images.first == 0)
            k.pack(shape, backward, weights, packed.data());
        (backward ? k.backwardData : k.forward)(shape, from.at(images.first), packed.data(), to.at(images.first),
                                                scratch(k.scratch(shape)));
    };
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
    if (isGroups(layer))
        return [=, &x, &y](Images images) {
            const GroupConvolutionShape shape = groupShape(layer, images.count);
            kernels().groupConvolution.forward(shape, x.at(images.first), weights, y.at(images.first),
                                               scratch(kernels().groupConvolution.scratch(shape)));
        };
    if (isWide(layer))
        return wideConvolution(layer, false, weights, x, y);
    return oneDnnForward(layer, weights, x, y);
}

Operation convolutionDataGradient(const Layer& layer, const float* weights, const Buffer& dy, const Buffer& dx)
{
    if (isPointwise(layer))
        return pointwiseDataGradient(layer, weights, dy, dx);
    if (isGroups(layer))
        return [=, &dy, &dx](Images images) {
            const GroupConvolutionShape shape = groupShape(layer, images.count);
            kernels().groupConvolution.backwardData(shape, dy.at(images.first), weights, dx.at(images.first),
                                                    scratch(kernels().groupConvolution.scratch(shape)));
        };
    if (isWide(layer))
        return wideConvolution(layer, true, weights, dy, dx);
    return oneDnnDataGradient(layer, weights, dy, dx);
}

Operation convolutionWeightGradient(const Layer& layer, const Buffer& x, const Buffer& dy, float* gradient)
{
    if (isPointwise(layer))
        return pointwiseWeightGradient(layer, x, dy, gradient);
    if (!isStem(layer) && !isGroups(layer) && isWide(layer))
        return [layer, &x, &dy, gradient](Images images) {
            const ConvolutionShape shape = wideShape(layer, images.count);
            kernels().convolution.backwardWeights(shape, x.at(images.first), dy.at(images.first), images.first > 0,
                                                  gradient, scratch(kernels().convolution.scratch(shape)));
        };
    if (!isStem(layer) && !isGroups(layer))
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
