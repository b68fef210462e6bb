// Small populations, studies and an engine without networks, for tests of the window.
#pragma once
#include "app/gui/snapshot.h"
#include "gpu/engine.h"

#include <QString>
#include <atomic>

namespace spacewright {

/// AnyNetX_A or a narrower named space, fitted to 28x28 images, 0.2 to 4 M flops so that drawing is quick.
Space smallSpace(const std::string& name);
/// Models `first`, `first` + 1, ... of a space with these errors, and `waiting` more without.
Population population(int space, std::optional<int> parent, const std::string& name, int first,
                      const std::vector<double>& errors, int waiting = 0);
std::shared_ptr<const Snapshot> snapshotWith(std::vector<Population>);

/// A study file with AnyNetX_A (errors 15, 20, 25, 30) and its child AnyNetX_D (14, 16, 18, 20), two more waiting in
/// each.
void makeSmallStudy(const QString& path);

/// Does what it is told from the test; its destructor waits for `release`, as a real one waits for a batch.
class FakeEngine : public Engine {
public:
    explicit FakeEngine(std::function<void(const Event&)> onEvent);
    ~FakeEngine() override;
    void pause() override { isPaused = true; }
    void resume() override { isPaused = false; }
    void requestStop() override { stopRequested = true; }
    bool paused() const override { return isPaused; }
    void setWorkers(int n) override { wantedWorkers = n; }
    void setShare(double value) override { share = value; }
    void setSecondsLeft(std::optional<double> seconds) override { secondsLeft = seconds.value_or(-1); }
    int workers() const override { return wantedWorkers; }
    std::string device() const override { return "fake"; }

    static std::atomic<FakeEngine*> current;
    static std::atomic<int> started;
    static std::atomic<bool> mayEnd;
    static EngineOptions options; ///< of the latest start
    static std::unique_ptr<Engine> start(const EngineOptions&, std::function<void(const Event&)>);
    /// For each test anew.
    static void reset();

    std::function<void(const Event&)> onEvent;
    std::atomic<bool> isPaused = false;
    std::atomic<int> wantedWorkers = 1;
    std::atomic<double> share = 1;
    std::atomic<double> secondsLeft = -1; ///< below 0: no time budget
    std::atomic<bool> stopRequested = false;
};

} // namespace spacewright
