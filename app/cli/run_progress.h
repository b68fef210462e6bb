// What a training run has done so far, collected from the workers' events and read by the terminal.
#pragma once
#include "gpu/disk_waits.h"
#include "gpu/run_forecast.h"
#include <chrono>
#include <mutex>

namespace spacewright {

class RunProgress {
public:
    /// `toDo`: results that this run is to bring. `batch`: images of one step.
    RunProgress(const std::vector<StudySpace>&, std::int64_t toDo, int batch);

    void take(const Event&); ///< on the workers' threads
    /// What is open in the study, read a moment ago, of which this run trains what `toDo` leaves; for the time left.
    void setOpen(std::shared_ptr<const OpenWork>);

    struct State {
        std::int64_t finished = 0, diverged = 0, failed = 0, stopped = 0, toDo = 0;
        double share = 0;                     ///< of the run, 0..1, with the parts of models that are being trained
        double imagesPerSecond = 0;           ///< of all workers, now
        double meanImagesPerSecond = 0;       ///< of the whole run
        std::string problem;                  ///< of the first worker that had one
        std::optional<DoesNotFit> notStarted; ///< the first model that does not fit into the time budget
        bool ended = false;

        std::int64_t results() const { return finished + diverged + failed + stopped; }
    };
    State state() const;
    /// None before anything is known. Simulates the queue: not for every batch.
    std::optional<TimeLeft> timeLeft() const;
    /// A sentence for each result since the last call, and for what became of the others on the way; whether it is a
    /// finished model.
    struct Line {
        std::string text;
        bool finished;
    };
    std::vector<Line> newLines();

private:
    using Clock = std::chrono::steady_clock;
    struct Worker {
        int epoch = 0, batch = 0; ///< the last that was counted
        double share = 0;         ///< of its model
        double imagesPerSecond = 0;
        Clock::time_point started;
        SpaceId space{};
    };
    void on(const ModelStarted&);
    void on(const BatchDone&);
    void on(const EpochDone&) {}
    void on(const ModelDone&);
    void on(const MemoryWasFull&);
    void on(const WaitsForDisk&) {}
    void on(const GoesOn&) {}
    void on(const HelperEnded&);
    void on(const DoesNotFit&);
    void on(const WorkerStopped&);

    const std::map<SpaceId, std::string> m_names;
    const int m_batch;
    mutable std::mutex m_mutex; ///< guards all below
    State m_state;
    std::map<int, Worker> m_workers;
    RunForecast m_forecast;
    DiskWaits m_diskWaits;
    std::vector<Line> m_lines;
    double m_images = 0;
    std::optional<Clock::time_point> m_start; ///< of the first model
    Clock::time_point m_last;                 ///< of the last event
};

} // namespace spacewright
