// Whose turn it is.
#include "core/schedule/turn.h"

namespace spacewright {

int tailLength(int workers)
{
    return workers > 1 ? 3 * workers : 0; // more gain next to nothing (docs/measurements.md)
}

std::size_t turn(const std::vector<Model>& head, int workers, const CostModel* model)
{
    if (!model || head.size() > static_cast<std::size_t>(tailLength(workers)))
        return 0;
    std::size_t longest = 0;
    double most = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i].isNext != head[0].isNext || head[i].priority != head[0].priority)
            break;
        const double seconds = model->seconds(workOf(head[i].sample));
        if (seconds > most) {
            most = seconds;
            longest = i;
        }
    }
    return longest;
}

} // namespace spacewright
