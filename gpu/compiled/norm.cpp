// Sums to coefficients, and the operations that call the kernels.
#include "gpu/compiled/norm.h"
#include "gpu/kernels/kernels.h"
#include <algorithm>
#include <cmath>

namespace spacewright::compiled {

namespace {

constexpr double epsilon = 1e-5, momentum = 0.1;

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
    : m_channels(layer.outWidth), m_gamma(parameters.value(layer.name + ".weight")),
      m_beta(parameters.value(layer.name + ".bias")), m_gammaGradient(parameters.gradient(layer.name + ".weight")),
      m_betaGradient(parameters.gradient(layer.name + ".bias")),
      m_runningMean(parameters.runningStatistic(layer.name + ".running_mean")),
      m_runningVariance(parameters.runningStatistic(layer.name + ".running_var")), m_deviation(m_channels)
{
    const int entries = normalisationPeriod(m_channels);
    for (std::vector<float>* repeated : {&centre, &mean, &scale, &offset, &a, &b, &c})
        repeated->resize(entries);
    for (std::vector<double>* repeated : {&sums, &squares, &gSums, &gProducts})
        repeated->resize(entries);
}

double Norm::total(const std::vector<double>& repeated, int channel) const
{
    double sum = 0;
    for (int i = channel; i < period(); i += m_channels)
        sum += repeated[i];
    return sum;
}

void Norm::repeat(std::vector<float>& array) const
{
    for (int i = m_channels; i < period(); ++i)
        array[i] = array[i - m_channels];
}

void Norm::finishStatistics(double rows)
{
    for (int i = 0; i < m_channels; ++i) {
        const double fromCentre = total(sums, i) / rows;
        const double average = centre[i] + fromCentre;
        const double variance = std::max(0.0, total(squares, i) / rows - fromCentre * fromCentre);
        const double unbiased = rows > 1 ? variance * rows / (rows - 1) : variance;
        m_deviation[i] = 1 / std::sqrt(variance + epsilon);
        mean[i] = static_cast<float>(average);
        scale[i] = static_cast<float>(m_gamma[i] * m_deviation[i]);
        offset[i] = static_cast<float>(m_beta[i] - average * m_gamma[i] * m_deviation[i]);
        m_runningMean[i] = static_cast<float>((1 - momentum) * m_runningMean[i] + momentum * average);
        m_runningVariance[i] = static_cast<float>((1 - momentum) * m_runningVariance[i] + momentum * unbiased);
    }
    for (std::vector<float>* array : {&mean, &scale, &offset})
        repeat(*array);
}

void Norm::useRunningStatistics()
{
    for (int i = 0; i < m_channels; ++i) {
        const double factor = m_gamma[i] / std::sqrt(m_runningVariance[i] + epsilon);
        scale[i] = static_cast<float>(factor);
        offset[i] = static_cast<float>(m_beta[i] - m_runningMean[i] * factor);
    }
    repeat(scale);
    repeat(offset);
}

void Norm::finishGradient(double rows, const std::vector<double>& g, const std::vector<double>& gx)
{
    for (int i = 0; i < m_channels; ++i) {
        const double betaGradient = total(g, i), gammaGradient = total(gx, i) * m_deviation[i];
        m_betaGradient[i] = static_cast<float>(betaGradient);
        m_gammaGradient[i] = static_cast<float>(gammaGradient);
        const double factor = m_gamma[i] * m_deviation[i], slope = factor * m_deviation[i] * gammaGradient / rows;
        a[i] = static_cast<float>(factor);
        b[i] = static_cast<float>(-slope);
        c[i] = static_cast<float>(slope * mean[i] - factor * betaGradient / rows);
    }
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
