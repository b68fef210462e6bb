// Says that a data set is being read.
#include "app/cli/read_notice.h"
#include <chrono>
#include <iostream>

namespace spacewright {

ReadProgress readNotice()
{
    static constexpr auto interval = std::chrono::seconds(3);
    return [last = std::chrono::steady_clock::now()](std::int64_t done, std::int64_t all) mutable {
        if (const auto now = std::chrono::steady_clock::now(); now - last > interval) {
            last = now;
            std::cerr << "Reading pictures, " << done << " of " << all << " ...\n";
        }
        return true;
    };
}

} // namespace spacewright
