// What a person is told of workers that wait for their disk.
#pragma once
#include "gpu/engine.h"
#include <set>

namespace spacewright {

/// Follows the events of one engine: several workers usually meet the same full disk, which is said once.
class DiskWaits {
public:
    struct Notice {
        std::string sentence;
        bool waits = false; ///< it begins; else it is over
    };
    /// When the first worker begins to wait, and when the last one goes on.
    std::optional<Notice> take(const Event&);
    bool any() const { return !m_waiting.empty(); }

private:
    std::set<int> m_waiting;
};

} // namespace spacewright
