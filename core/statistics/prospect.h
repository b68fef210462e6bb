// What narrowing a space would give, before it is done: what would be drawn, and what is trained already.
#pragma once
#include "core/design/spread.h"
#include "core/statistics/population.h"

namespace spacewright {

/// How the networks of a space, and of the child that is thought of, spread over one parameter: see density().
struct Spread {
    std::string parameter;
    Bins bins; ///< of the space
    std::vector<double> before, after;
};

struct Prospect {
    std::int64_t proposals = 0, accepted = 0;
    std::vector<Sample> examples;           ///< twelve of the child, or what there is
    std::vector<Spread> spreads;            ///< of limitableParameters()
    double log10Before = 0, log10After = 0; ///< the paper's count of designs
    std::int64_t reusable = 0;              ///< trained models of the space that the child would begin with
    std::optional<Edf> reusableEdf;         ///< of those that count
    std::optional<Emptiness> emptiness;     ///< nothing was accepted
    std::string problem;                    ///< a constraint that does not apply, in words; the rest is then empty
};

/// Keeps what was drawn from the space that was looked at last, so that only the child is drawn anew; and what was
/// drawn from that child, so that new results alone cost no drawing.
class Prospector {
public:
    struct Effort {
        std::int64_t proposals, networks; ///< drawing ends when either is reached
    };
    /// A first look: 30 to 60 ms on one core.
    static constexpr Effort quick{30'000, 1'500};
    /// Histograms without visible noise, and acceptances down to 1 in 100,000: up to half a second.
    static constexpr Effort thorough{400'000, 8'000};

    /// Throws nothing; what a stop request cuts short is of no use.
    Prospect look(const Population&, const std::vector<Constraint>& added, Effort, std::stop_token = {});

private:
    Prospect drawn(const Space& parent, const std::vector<Constraint>& added, Effort, std::stop_token);

    Space m_space;
    Effort m_effort{};
    std::vector<Spread> m_before; ///< their `after` is empty
    struct Known {
        std::vector<Constraint> added;
        Effort effort;
        Prospect prospect;
    };
    std::optional<Known> m_known; ///< of m_space
};

} // namespace spacewright
