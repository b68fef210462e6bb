// What a training run has done so far, collected from the workers' events and read by the terminal.
#pragma once
#include "gpu/engine.h"
#include <chrono>
#include <mutex>

namespace spacewright {

class RunProgress {
public:
    /// `toDo`: results that this run is to bring. `batch`: images of one step.
    RunProgress(const std::vector<StudySpace>&, std::int64_t toDo, int batch);

    void take(const Event&); ///< on the workers' threads

    struct State {
        std::int64_t finished = 0, diverged = 0, failed = 0, toDo = 0;
        double share = 0;                  ///< of the run, 0..1, with the parts of models that are being trained
        double imagesPerSecond = 0;        ///< of all workers, now
        double meanImagesPerSecond = 0;    ///< of the whole run
        std::optional<double> secondsLeft; ///< none before anything is known
        std::string problem;               ///< of the first worker that had one
        bool ended = false;

        std::int64_t results() const { return finished + diverged + failed; }
    };
    State state() const;
    /// A sentence for each result since the last call, and whether it was a finished model.
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
    void on(const WorkerStopped&);

    const std::map<SpaceId, std::string> m_names;
    const int m_batch;
    mutable std::mutex m_mutex; ///< guards all below
    State m_state;
    std::map<int, Worker> m_workers;
    std::vector<Line> m_lines;
    double m_images = 0;
    std::optional<Clock::time_point> m_start; ///< of the first model
    Clock::time_point m_last;                 ///< of the last event
};

} // namespace spacewright
