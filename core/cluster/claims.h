// Who trains which shard: claims are files whose names are taken by link(2), which is one step on network file systems
// too. A claim holds the token of its attempt; where that is dead, the next generation of the shard may be claimed.
#pragma once
#include "core/cluster/attempt.h"
#include <chrono>
#include <map>

namespace spacewright {

struct ShardState {
    bool done = false;
    std::vector<std::string> tokens; ///< of the attempts that claimed it, the latest last
};
/// Of all shards. One reading of a folder, and of the claims that are new since `known`.
std::vector<ShardState> shardStates(const Bundle&, const std::vector<ShardState>& known = {});

class Claims {
public:
    using Clock = std::chrono::steady_clock;
    Claims(const Bundle&, const Attempt&);

    /// A shard that nobody has, or whose claimer is dead: it ended, an earlier run of this same element, said to be
    /// gone, or silent for the bundle's lease by this process's own clock. None where there is nothing to take now.
    struct Claim {
        int shard = 0;
        std::vector<std::string> earlier; ///< tokens of those that had it before
    };
    std::optional<Claim> take();
    void done(int shard);
    /// Whether some shards are with attempts of which it is not known yet whether they live: worth asking again.
    bool mayComeFree() const { return m_uncertain; }

private:
    bool isDead(const std::string& token);
    bool take(int shard, std::size_t generation);
    struct Pulse {
        std::uintmax_t size = 0; ///< of its "alive"
        Clock::time_point since;
        bool wasSeenToGrow = false;
    };
    const Bundle& m_bundle;
    const Attempt& m_attempt;
    std::vector<ShardState> m_shards;
    std::map<std::string, Pulse> m_pulses;
    bool m_uncertain = false;
};

} // namespace spacewright
