// What has come to its end between two snapshots and is worth telling somebody who looks elsewhere.
#pragma once
#include "app/gui/snapshot.h"

#include <QString>

namespace spacewright {

struct Milestone {
    QString title, text;
};

/// Populations of which nothing waits or runs any more, and a verdict that is now decided. None between two studies.
QList<Milestone> milestones(const Snapshot& before, const Snapshot& after);

} // namespace spacewright
