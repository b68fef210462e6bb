// Says on standard error that a data set is being read, when that takes long.
#pragma once
#include "core/data/image_set.h"

namespace spacewright {

/// Silent for the first seconds, then a line every few seconds.
ReadProgress readNotice();

} // namespace spacewright
