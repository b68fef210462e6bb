// Do two regimes (a short schedule and a long one, two data sets) rank the same networks, and the same spaces, alike?
#pragma once
#include "core/statistics/population.h"

namespace spacewright {

/// With fewer networks or spaces resampling says little of how sure an agreement is.
inline constexpr int leastForAgreement = 4;

struct Tau {
    double value = 0;          ///< Kendall's tau-b, -1 to 1
    double low = -1, high = 1; ///< 95 % bootstrap interval (percentile, 10^4 resamples of the networks)
};

/// Of the errors of the same networks in two regimes; none for fewer than 4 and where one regime has no order (all
/// equal). Throws Error for lengths that differ and numbers that are not finite.
std::optional<Tau> rankAgreement(const std::vector<double>& x, const std::vector<double>& y, std::uint64_t seed = 1);

struct SpaceAgreement {
    std::string name;
    int networks = 0;            ///< with an error in both studies
    double meanA = 0, meanB = 0; ///< percent, of these networks
    std::optional<Tau> tau;
};

struct RegimeAgreement {
    std::vector<SpaceAgreement> spaces; ///< those of the same name in both studies that have such networks
    int networks = 0;                   ///< of all of them, each once
    std::optional<Tau> tau;             ///< over these
    std::optional<Tau> means;           ///< of the spaces' means; none for a single space
};

/// Networks are the same when their stages, their blocks and what was drawn of the recipe with them are; stem,
/// resolution and classes go with the data set. A network
/// that several spaces share counts in each, and is resampled once for all. Throws Error when the studies have no
/// network with an error in common.
RegimeAgreement agreement(const StudyView& a, const StudyView& b, std::uint64_t seed = 1);

} // namespace spacewright
