// Draws networks from a design space: exactly the conditional distribution that rejection from the wider space gives.
#pragma once
#include "core/design/emptiness.h"
#include "core/network/complexity.h"
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace spacewright {

/// Sample `index` of (space, seed): depends on nothing else, never on threads or machines.
struct Sample {
    std::int64_t index = 0;
    Network network;
    Complexity complexity;
    std::optional<RegNetParameters> regNet;      ///< for spaces of that family
    std::vector<int> drawnGroupWidths{};         ///< per stage before the compatibility rule; what `shared g` looks at
    std::optional<double> rate{}, weightDecay{}; ///< where the space draws them; they take the place of the recipe's
    /// Further numbers by name, of a model that came from a file. When its network is not known (it has no stages),
    /// they are all that is known of it.
    std::vector<std::pair<std::string, double>> values{};
};

struct Draw {
    std::vector<Sample> samples; ///< distinct networks, in order of index
    std::int64_t proposals = 0;  ///< networks proposed
    std::int64_t accepted = 0;   ///< proposals that fulfil every constraint (duplicates included)
    std::int64_t nextIndex = 0;  ///< where a later draw goes on
    double seconds = 0;
};

/// Draws `n` networks that differ from each other and from `known`, beginning at sample index `first`.
/// Throws Error naming the constraint that empties the space when nothing is accepted (in about a second), and when
/// the space holds fewer than n distinct networks. A stop request ends it early with what there is: the first samples
/// of the whole draw. Uses as many threads as there are cores (0) or as asked for, when it is worth them; the result is
/// the same for any number.
Draw draw(const Space&, std::uint64_t seed, std::int64_t n, std::int64_t first = 0,
          const std::vector<Network>& known = {}, std::stop_token = {}, int threads = 0);

/// Acceptance as seen by a fixed number of proposals: what an editor shows while a space is being changed.
struct Preview {
    std::int64_t proposals = 0;
    std::int64_t accepted = 0;
    std::vector<Sample> examples;       ///< at most `wanted`
    std::optional<Emptiness> emptiness; ///< why, when nothing was accepted
};
/// Ends before all proposals are made when `enough` of them are accepted.
Preview preview(const Space&, std::uint64_t seed, std::int64_t proposals, int wanted, std::stop_token = {},
                std::int64_t enough = std::numeric_limits<std::int64_t>::max());

/// False for a model that came from a file which gives numbers only: nothing can be built, drawn or exported of it.
inline bool networkIsKnown(const Sample& sample)
{
    return !sample.network.stages.empty();
}

/// Whether a network (and the RegNet it came from) fulfils a constraint. Where the network is not known, it fulfils the
/// ranges of those parameters that are.
bool fulfils(const Sample&, const Constraint&);
/// The value of a parameter or complexity by its constraint name ("d", "d1", "w4", "b2", "g", "w_a", "flops", "rate"):
/// none when the network has no such value, or stages disagree where one value is asked for ("b", "g"). Other names are
/// those of `values`.
std::optional<double> parameterValue(const Sample&, const std::string& name);
/// All values that a range of that name looks at: "w", "b" and "g" of an AnyNet have one a stage; else one or none.
std::vector<double> parameterValues(const Sample&, const std::string& name);

} // namespace spacewright
