// How the person wants training to behave on this machine; kept between runs.
#pragma once

namespace spacewright {

struct TrainingSettings {
    int workers = 0; ///< networks trained at once; 0: as many as the device takes
    int share = 100; ///< percent of the time that each worker computes
    int minutes = 0; ///< time budget of a run; 0: none
    bool pauseOnBattery = false;
    bool isolated = false; ///< each worker in a process of its own

    bool operator==(const TrainingSettings&) const = default;
};

TrainingSettings savedTrainingSettings();
void save(const TrainingSettings&);

} // namespace spacewright
