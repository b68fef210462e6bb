// What has come to its end between two snapshots and is worth telling somebody who looks elsewhere.
#pragma once
#include "app/gui/snapshot.h"

#include <QString>

namespace spacewright {

struct Milestone {
    QString title, text;
};

/// Populations of which nothing waits or runs any more. None between two studies.
QList<Milestone> milestones(const Snapshot& before, const Snapshot& after);
/// A verdict that is now decided.
std::optional<Milestone> milestone(const Verdict& before, const Verdict& after);

} // namespace spacewright
