// What has come to its end between two snapshots.
#include "app/gui/milestones.h"

#include "app/gui/format.h"

#include <QCoreApplication>

namespace spacewright {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Milestones", text);
}

bool isOpen(const Population& population)
{
    return population.counts.waiting + population.counts.running > 0;
}

} // namespace

QList<Milestone> milestones(const Snapshot& before, const Snapshot& after)
{
    if (before.study->path != after.study->path)
        return {};
    QList<Milestone> list;
    for (const Population& now : after.study->populations) {
        const Population* then = before.population(now.space.id);
        if (!then || !isOpen(*then) || isOpen(now) || !now.edf)
            continue;
        list << Milestone{tr("%1 is trained").arg(QString::fromStdString(now.space.space.name)),
                          tr("%1 models with an error: lowest %2 %, mean %3 %.")
                              .arg(now.edf->n())
                              .arg(errorText(now.edf->min), errorText(now.edf->mean))};
    }
    return list;
}

std::optional<Milestone> milestone(const Verdict& before, const Verdict& after)
{
    if (before.decided || !after.decided)
        return std::nullopt;
    return Milestone{tr("The verdict is decided"), QString::fromStdString(after.sentence)};
}

} // namespace spacewright
