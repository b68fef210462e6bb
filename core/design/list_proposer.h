// Draws from a space that is a list of networks.
#pragma once
#include "core/design/sampler.h"

namespace spacewright {

/// Each network is as likely as any other; no constraint is settled beforehand.
class ListProposer {
public:
    explicit ListProposer(const Space& space) : m_networks(space.networks) {}

    bool empty() const { return m_networks.empty(); }
    bool propose(Random& random, Sample& sample) const
    {
        sample.network = m_networks[random.below(m_networks.size())];
        sample.drawnGroupWidths.clear();
        for (const Stage& s : sample.network.stages)
            sample.drawnGroupWidths.push_back(s.groupWidth);
        return true;
    }
    static bool settles(const Constraint&) { return false; }

private:
    std::vector<Network> m_networks;
};

} // namespace spacewright
