// The instruction sets that the kernels are compiled for; which of them this processor has is found out at run time.
#pragma once
#include <vector>

namespace spacewright {

enum class InstructionSet { plain, avx2, avx512 };

/// From `plain`, which every processor has, to the fastest one of this processor (and this build).
std::vector<InstructionSet> availableInstructionSets();

} // namespace spacewright
