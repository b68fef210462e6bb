// Draws from a space that is a list of networks.
#pragma once
#include "core/design/recipe_draw.h"
#include <algorithm>

namespace spacewright {

/// Each network that fulfils the constraints is as likely as any other.
class ListProposer {
public:
    explicit ListProposer(const Space& space)
    {
        for (const Network& network : space.networks) {
            Sample sample{.network = network, .complexity = complexity(network), .regNet = {}};
            for (const Stage& s : network.stages)
                sample.drawnGroupWidths.push_back(s.groupWidth);
            if (std::all_of(space.constraints.begin(), space.constraints.end(),
                            [&](const Constraint& c) { return RecipeDraw::settles(c) || fulfils(sample, c); }))
                m_samples.push_back(std::move(sample));
        }
    }

    bool empty() const { return m_samples.empty(); }
    bool propose(Random& random, Sample& sample) const
    {
        const Sample& chosen = m_samples[random.below(m_samples.size())];
        sample.network = chosen.network;
        sample.drawnGroupWidths = chosen.drawnGroupWidths;
        return true;
    }
    static bool settles(const Constraint&) { return true; }

private:
    std::vector<Sample> m_samples;
};

} // namespace spacewright
