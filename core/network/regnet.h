// RegNet: widths from a quantised linear function (Radosavovic et al. 2020, section 3.3).
#pragma once
#include "core/network/network.h"

namespace spacewright {

struct RegNetWidths {
    std::vector<int> perBlock; ///< multiples of 8, before the compatibility rule
    std::vector<int> widths;   ///< per stage, increasing
    std::vector<int> depths;
    int levels = 0; ///< quantisation levels spanned; more than widths.size() when some were skipped
};

/// Width of each block, quantised to multiples of 8 (eqs. 2-4); rounding half to even, in double.
/// Throws Error for d < 1, w_0 not a positive multiple of 8, w_a < 0 or w_m <= 1.
RegNetWidths regNetWidths(const RegNetParameters&);

/// The built network: the prototype's stem, block and head with the generated stages after the compatibility rule.
Network regNet(const RegNetParameters&, const Network& prototype);

} // namespace spacewright
