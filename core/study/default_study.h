// The study that the program opens with when it is given none.
#pragma once
#include "core/study/study.h"

namespace spacewright {

/// Fashion-MNIST, 24 networks of AnyNetX_A with 1.5 to 2.0 M flops, and 24 of its refinement AnyNetX_D (shared
/// bottleneck ratio and group width, increasing widths). The path must not exist yet; the data set need not be there.
Study createDefaultStudy(const std::filesystem::path&);

} // namespace spacewright
