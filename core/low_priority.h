// Threads that let others go first.
#pragma once

namespace spacewright {

/// From now on this thread gets a processor only where no other thread wants it more (`nice`, from 1 to 19; Linux
/// has it by thread); it may be lower already. On idle processors nothing changes. There is no way back, since that
/// takes privileges.
void lowerPriority(int nice);

} // namespace spacewright
