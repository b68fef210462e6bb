// The space of models that came from a file.
#include "core/exchange/population_file.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using Kind = Distribution::Kind;

/// The range of a parameter over all models that have it.
class Seen {
public:
    void add(std::optional<double> value)
    {
        if (!value || !std::isfinite(*value))
            return;
        m_low = std::min(m_low, *value);
        m_high = std::max(m_high, *value);
        m_byEight = m_byEight && std::fmod(*value, 8) == 0;
    }
    /// Stays as it is where nothing was seen.
    void limit(Distribution& d, Kind kind, double quantum) const
    {
        if (m_low > m_high)
            return;
        d = {kind, std::max(quantum, quantum * std::floor(m_low / quantum)), quantum * std::ceil(m_high / quantum),
             quantum};
        d.high = std::max(d.low, d.high);
    }
    void limitToPowers(Distribution& d) const
    {
        if (m_low <= m_high && m_low > 0)
            d = {Kind::powersOfTwo, std::exp2(std::floor(std::log2(m_low))), std::exp2(std::ceil(std::log2(m_high))),
                 1};
    }
    double quantum() const { return m_byEight ? 8 : 1; }

private:
    double m_low = INFINITY, m_high = -INFINITY;
    bool m_byEight = true;
};

int stagesOf(const Sample& sample)
{
    int stages = 0;
    while (stages < 16 && parameterValue(sample, "w" + std::to_string(stages + 1)))
        ++stages;
    return stages;
}

} // namespace

Space spaceHolding(const std::vector<TrainedModel>& models, const std::string& name)
{
    const auto isRegNet = [](const TrainedModel& m) { return m.model.sample.regNet.has_value(); };
    const bool regNets = !models.empty() && std::all_of(models.begin(), models.end(), isRegNet);
    Space space = namedSpace(regNets ? "RegNetX" : "AnyNetX_A");
    space.name = name;
    Seen depth, stageDepth, width, b, g, initialWidth, slope, multiplier;
    int stages = 0;
    const Sample* first = nullptr;
    for (const TrainedModel& trained : models) {
        const Sample& sample = trained.model.sample;
        stages = std::max(stages, stagesOf(sample));
        depth.add(parameterValue(sample, "d"));
        initialWidth.add(parameterValue(sample, "w_0"));
        slope.add(parameterValue(sample, "w_a"));
        multiplier.add(parameterValue(sample, "w_m"));
        for (const Stage& stage : sample.network.stages) {
            stageDepth.add(stage.depth);
            width.add(stage.width);
            b.add(stage.bottleneckRatio);
        }
        for (const int drawn : sample.drawnGroupWidths)
            g.add(drawn);
        first = first == nullptr && networkIsKnown(sample) ? &sample : first;
    }
    space.stages = stages > 0 ? stages : space.stages;
    b.limitToPowers(space.bottleneckRatio);
    g.limitToPowers(space.groupWidth);
    if (regNets) {
        depth.limit(space.depth, Kind::uniform, 1);
        initialWidth.limit(space.initialWidth, Kind::logUniform, 8);
        slope.limit(space.slope, Kind::logUniform, 0.1);
        multiplier.limit(space.multiplier, Kind::uniform, 0.001);
    } else {
        stageDepth.limit(space.depth, Kind::logUniform, 1);
        width.limit(space.width, Kind::logUniform, width.quantum());
    }
    if (first != nullptr) {
        space.stride = first->network.stages[0].stride;
        space.prototype = first->network;
        space.prototype.stages.clear();
    }
    return space;
}

} // namespace spacewright
