// Linux' priority of a thread.
#include "core/low_priority.h"
#include <sys/resource.h>
#include <unistd.h>

namespace spacewright {

void lowerPriority(int nice)
{
    const auto thread = static_cast<id_t>(gettid());
    if (getpriority(PRIO_PROCESS, thread) < nice)
        setpriority(PRIO_PROCESS, thread, nice); // refused, the thread works all the same
}

} // namespace spacewright
