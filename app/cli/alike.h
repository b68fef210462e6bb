// The comparison of populations with complexity spread alike, as `compare --by` shows it.
#pragma once
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/statistics/normalised.h"

namespace spacewright {

struct Alike {
    std::string parameter; ///< the complexity
    ComplexityBins bins;
    std::vector<Normalised> populations;
};

/// All populations over the same bins. Throws Error for a model without that complexity and for empty bins.
Alike alike(const std::vector<ErrorList>&, const std::string& parameter, int bins);

Json jsonOf(const Alike&, std::size_t a, std::size_t b);
void print(const Alike&, const std::vector<ErrorList>&);

} // namespace spacewright
