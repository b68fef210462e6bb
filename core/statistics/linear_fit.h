// The RegNet that comes closest to a model's widths (Radosavovic et al. 2020, section 3.3, figures 8 and 9).
#pragma once
#include "core/network/network.h"

namespace spacewright {

struct LinearFit {
    RegNetParameters parameters; ///< d, w_0, w_a and w_m; b and g mean nothing here
    std::vector<int> perBlock;   ///< the widths they predict
    double error = 0;            ///< e_fit: mean |ln(predicted / observed)| over the blocks
};

/// Grid search with d = number of blocks: w_0 over the multiples of 8 up to the widest block, w_m from 1.5 to 3 in
/// steps of 0.02 and near the best one of 0.001, and for each pair every w_a that makes a difference. A RegNet whose
/// w_m is on the fine grid is found exactly (error 0). Throws Error for no blocks, more than 1000, and widths not in
/// 1 to 65536.
LinearFit linearFit(const std::vector<int>& widthPerBlock);

} // namespace spacewright
