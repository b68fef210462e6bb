// Calls the kernels; everything between the two passes over the activations is small.
#include "gpu/compiled/squeeze_excite.h"
#include "gpu/compiled/gradient_sum.h"
#include "gpu/compiled/scratch.h"

namespace spacewright::compiled {

Operation squeeze(const SqueezeExcite& s, Parameters& parameters, const Buffer& x)
{
    const float *weight1 = parameters.value(s.first + ".weight"), *bias1 = parameters.value(s.first + ".bias");
    const float *weight2 = parameters.value(s.second + ".weight"), *bias2 = parameters.value(s.second + ".bias");
    return [=, &x](Images images) {
        const Kernels& k = kernels();
        const int first = images.first, n = images.count;
        k.pool.average(n, s.area, s.channels, x.at(first), s.pooled->at(first));
        k.linear.forward({n, s.channels, s.hidden}, s.pooled->at(first), weight1, bias1, s.squeezed->at(first));
        (s.silu ? k.activation.silu : k.activation.relu)(std::int64_t{n} * s.hidden, s.squeezed->at(first),
                                                         s.active->at(first));
        k.linear.forward({n, s.hidden, s.channels}, s.active->at(first), weight2, bias2, s.factors->at(first));
        k.activation.sigmoid(std::int64_t{n} * s.channels, s.factors->at(first), s.factors->at(first));
    };
}

Operation excite(const SqueezeExcite& s, const Buffer& x, const Buffer& y)
{
    return [=, &x, &y](Images images) {
        kernels().squeezeExcite.scale(images.count, s.area, s.channels, x.at(images.first), s.factors->at(images.first),
                                      y.at(images.first));
    };
}

Operation squeezeExciteGradient(const SqueezeExcite& s, Parameters& parameters, const Buffer& x, const Buffer& dy)
{
    const float *weight1 = parameters.value(s.first + ".weight"), *weight2 = parameters.value(s.second + ".weight");
    const std::size_t weights = static_cast<std::size_t>(s.channels) * s.hidden;
    return [=, &x, &dy, dweight1 = GradientSum(parameters.gradient(s.first + ".weight"), weights),
            dbias1 = GradientSum(parameters.gradient(s.first + ".bias"), s.hidden),
            dweight2 = GradientSum(parameters.gradient(s.second + ".weight"), weights),
            dbias2 = GradientSum(parameters.gradient(s.second + ".bias"), s.channels)](Images images) mutable {
        const Kernels& k = kernels();
        const int first = images.first, n = images.count;
        const std::int64_t wide = std::int64_t{n} * s.channels, narrow = std::int64_t{n} * s.hidden;
        float* dfactors = scratch(2 * wide + narrow);
        float *dactive = dfactors + wide, *dpooled = dactive + narrow;
        k.squeezeExcite.factorGradient(n, s.area, s.channels, x.at(first), dy.at(first), dfactors);
        k.activation.sigmoidBackward(wide, s.factors->at(first), dfactors, dfactors);
        k.linear.backward({n, s.hidden, s.channels}, {.x = s.active->at(first),
                                                      .weight = weight2,
                                                      .dy = dfactors,
                                                      .dx = dactive,
                                                      .dweight = dweight2.target(images),
                                                      .dbias = dbias2.target(images)});
        s.silu ? k.activation.siluBackward(narrow, s.squeezed->at(first), dactive, dactive)
               : k.activation.reluBackward(narrow, s.active->at(first), dactive, dactive);
        k.linear.backward({n, s.channels, s.hidden}, {.x = s.pooled->at(first),
                                                      .weight = weight1,
                                                      .dy = dactive,
                                                      .dx = dpooled,
                                                      .dweight = dweight1.target(images),
                                                      .dbias = dbias1.target(images)});
        for (GradientSum* sum : {&dweight1, &dbias1, &dweight2, &dbias2})
            sum->add(images);
        k.squeezeExcite.backward(n, s.area, s.channels, dy.at(first), s.factors->at(first), dpooled, dy.at(first));
    };
}

} // namespace spacewright::compiled
