// The operations that call the kernels.
#include "gpu/compiled/norm.h"
#include "gpu/kernels/kernels.h"
#include <algorithm>

namespace spacewright::compiled {

namespace {

std::int64_t floats(Images images, const Buffer& buffer)
{
    return static_cast<std::int64_t>(images.count) * static_cast<std::int64_t>(buffer.floats);
}

const float* at(const Buffer* buffer, int image)
{
    return buffer ? buffer->at(image) : nullptr;
}

void clear(std::vector<double>& sums)
{
    std::fill(sums.begin(), sums.end(), 0.0);
}

} // namespace

Norm::Norm(const Layer& layer, Parameters& parameters)
    : m_channels{layer.outWidth, parameters.value(layer.name + ".weight"), parameters.value(layer.name + ".bias"),
                 parameters.runningStatistic(layer.name + ".running_mean"),
                 parameters.runningStatistic(layer.name + ".running_var")},
      m_gammaGradient(parameters.gradient(layer.name + ".weight")),
      m_betaGradient(parameters.gradient(layer.name + ".bias")), m_deviation(layer.outWidth)
{
    const int entries = normalisationPeriod(channels());
    for (std::vector<float>* repeated : {&centre, &mean, &scale, &offset, &a, &b, &c})
        repeated->resize(entries);
    for (std::vector<double>* repeated : {&sums, &squares, &gSums, &gProducts})
        repeated->resize(entries);
}

void Norm::repeat(std::vector<float>& array) const
{
    for (int i = channels(); i < period(); ++i)
        array[i] = array[i - channels()];
}

void Norm::finishStatistics(double rows)
{
    finishNorm(FinishStatistics{.norm = m_channels,
                                .rows = rows,
                                .entries = period(),
                                .sums = sums.data(),
                                .squares = squares.data(),
                                .centre = centre.data(),
                                .mean = mean.data(),
                                .deviation = m_deviation.data(),
                                .scale = scale.data(),
                                .offset = offset.data()});
    for (std::vector<float>* array : {&mean, &scale, &offset})
        repeat(*array);
}

void Norm::useRunningStatistics()
{
    finishNorm(UseRunningStatistics{m_channels, scale.data(), offset.data()});
    repeat(scale);
    repeat(offset);
}

void Norm::finishGradient(double rows, const std::vector<double>& g, const std::vector<double>& gx)
{
    finishNorm(FinishGradient{.norm = m_channels,
                              .rows = rows,
                              .entries = period(),
                              .sums = g.data(),
                              .products = gx.data(),
                              .mean = mean.data(),
                              .deviation = m_deviation.data(),
                              .gammaGradient = m_gammaGradient,
                              .betaGradient = m_betaGradient,
                              .a = a.data(),
                              .b = b.data(),
                              .c = c.data()});
    for (std::vector<float>* array : {&a, &b, &c})
        repeat(*array);
}

Operation gatherStatistics(Norm& norm, const Buffer& x)
{
    return [&](Images images) {
        const float* values = x.at(images.first);
        if (images.first == 0) {
            for (int i = 0; i < norm.period(); ++i)
                norm.centre[i] = values[i % norm.channels()];
            clear(norm.sums);
            clear(norm.squares);
        }
        kernels().normalisation.batchSums({.count = floats(images, x),
                                           .period = norm.period(),
                                           .x = values,
                                           .centre = norm.centre.data(),
                                           .sums = norm.sums.data(),
                                           .squares = norm.squares.data()});
    };
}

Operation finishStatistics(Norm& norm, int area)
{
    return [&norm, area](Images images) { norm.finishStatistics(static_cast<double>(images.count) * area); };
}

Operation useRunningStatistics(Norm& norm)
{
    return [&norm](Images images) {
        if (images.first == 0)
            norm.useRunningStatistics();
    };
}

Operation normalise(const NormWithSkip& operands, bool relu, const Buffer& y)
{
    return [operands, relu, &y](Images images) {
        const auto& [norm, x, skip, skipNorm] = operands;
        kernels().normalisation.normalise({.count = floats(images, y),
                                           .period = norm->period(),
                                           .x = x->at(images.first),
                                           .scale = norm->scale.data(),
                                           .offset = norm->offset.data(),
                                           .skip = at(skip, images.first),
                                           .skipScale = skipNorm ? skipNorm->scale.data() : nullptr,
                                           .skipOffset = skipNorm ? skipNorm->offset.data() : nullptr,
                                           .relu = relu,
                                           .y = y.at(images.first)});
    };
}

Operation gatherGradient(const NormWithSkip& operands, const Buffer& dy, const Buffer* dyOther, const Buffer* y,
                         const Buffer* g)
{
    return [operands, &dy, dyOther, y, g](Images images) {
        const auto& [norm, x, skip, skipNorm] = operands;
        if (images.first == 0) {
            clear(norm->gSums);
            clear(norm->gProducts);
            if (skipNorm)
                clear(skipNorm->gProducts);
        }
        kernels().normalisation.gradientSums({.count = floats(images, dy),
                                              .period = norm->period(),
                                              .dy = dy.at(images.first),
                                              .dyOther = at(dyOther, images.first),
                                              .y = at(y, images.first),
                                              .x = x->at(images.first),
                                              .mean = norm->mean.data(),
                                              .skip = skipNorm ? skip->at(images.first) : nullptr,
                                              .skipMean = skipNorm ? skipNorm->mean.data() : nullptr,
                                              .g = g ? g->at(images.first) : nullptr,
                                              .sums = norm->gSums.data(),
                                              .products = norm->gProducts.data(),
                                              .skipProducts = skipNorm ? skipNorm->gProducts.data() : nullptr});
    };
}

Operation finishGradient(const NormWithSkip& operands, int area)
{
    return [norm = operands.norm, skipNorm = operands.skipNorm, area](Images images) {
        const double rows = static_cast<double>(images.count) * area;
        norm->finishGradient(rows, norm->gSums, norm->gProducts);
        if (skipNorm)
            skipNorm->finishGradient(rows, norm->gSums, skipNorm->gProducts);
    };
}

Operation normGradient(Norm& norm, const Buffer& g, const Buffer& x, const Buffer& dx)
{
    return [&](Images images) {
        kernels().normalisation.gradient({.count = floats(images, dx),
                                          .period = norm.period(),
                                          .g = g.at(images.first),
                                          .x = x.at(images.first),
                                          .a = norm.a.data(),
                                          .b = norm.b.data(),
                                          .c = norm.c.data(),
                                          .dx = dx.at(images.first)});
    };
}

} // namespace spacewright::compiled
