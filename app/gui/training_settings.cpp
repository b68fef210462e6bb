// How the person wants training to behave.
#include "app/gui/training_settings.h"

#include <QSettings>
#include <algorithm>

namespace spacewright {

TrainingSettings savedTrainingSettings()
{
    QSettings settings;
    settings.beginGroup("training");
    TrainingSettings result;
    // A budget belongs to one run: kept, it would end a later one that nobody wanted to be short.
    result.workers = std::clamp(settings.value("workers").toInt(), 0, 256);
    result.share = std::clamp(settings.value("share", 100).toInt(), 10, 100);
    result.pauseOnBattery = settings.value("pauseOnBattery").toBool();
    result.isolated = settings.value("isolated").toBool();
    return result;
}

void save(const TrainingSettings& values)
{
    QSettings settings;
    settings.beginGroup("training");
    settings.setValue("workers", values.workers);
    settings.setValue("share", values.share);
    settings.setValue("pauseOnBattery", values.pauseOnBattery);
    settings.setValue("isolated", values.isolated);
}

} // namespace spacewright
