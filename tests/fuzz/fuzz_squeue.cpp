// What a scheduler says of its queue.
#include "tests/fuzz/fuzz.h"
#include "core/cluster/slurm.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const QueueState state = queueState(
        [&](const std::vector<std::string>&) {
            return CommandResult{0, bytes, "", false};
        },
        "any");
    require(state.pending >= 0 && state.running >= 0 && state.problem.empty(), "counts are none, or more");
}

} // namespace spacewright::fuzz
