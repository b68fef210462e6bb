// Tells samples apart by the networks as they are built.
#pragma once
#include "core/design/sampler.h"
#include <algorithm>
#include <bit>
#include <span>
#include <tuple>
#include <unordered_set>

namespace spacewright {

/// A set of samples. It refers to stages that must stay where they are (moving a network leaves them in place).
class Distinct {
public:
    explicit Distinct(const std::vector<Network>& known)
    {
        for (const Network& network : known)
            m_seen.insert({network.stages, partsOf(network), {}, {}});
    }
    /// False when the set holds such a sample already.
    bool insert(const Sample& s)
    {
        return m_seen.insert({s.network.stages, partsOf(s.network), s.rate, s.weightDecay}).second;
    }
    std::size_t size() const { return m_seen.size(); }

private:
    /// What a network has beside its stages. It differs within lists of networks alone, so it is left out of the hash.
    using Parts = std::tuple<BlockType, StemType, int, Activation, double, int>;
    static Parts partsOf(const Network& n)
    {
        return {n.block, n.stem, n.stemWidth, n.activation, n.seRatio, n.headWidth};
    }
    /// Where the recipe is drawn too, the same network may come again with other values.
    struct Key {
        std::span<const Stage> stages;
        Parts parts;
        std::optional<double> rate, weightDecay;

        bool operator==(const Key& other) const
        {
            return std::equal(stages.begin(), stages.end(), other.stages.begin(), other.stages.end()) &&
                   parts == other.parts && rate == other.rate && weightDecay == other.weightDecay;
        }
    };
    struct Hash {
        std::size_t operator()(const Key& key) const
        {
            std::uint64_t hash = key.stages.size();
            const auto mix = [&](std::uint64_t part) { hash = Random(hash, part).bits(); };
            for (const Stage& s : key.stages) {
                mix(std::uint64_t(s.depth) << 32 | std::uint64_t(s.width));
                mix(std::uint64_t(s.groupWidth) << 32 | std::uint64_t(s.stride) << 16 | std::uint64_t(s.kernel));
                mix(std::bit_cast<std::uint64_t>(s.bottleneckRatio));
            }
            for (const auto& value : {key.rate, key.weightDecay})
                if (value)
                    mix(std::bit_cast<std::uint64_t>(*value));
            return hash;
        }
    };
    std::unordered_set<Key, Hash> m_seen;
};

} // namespace spacewright
