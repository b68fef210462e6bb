// The training side as the rest of the program sees it: no LibTorch, no CUDA. READ FIRST, then worker.h.
#pragma once
#include "core/network/network.h"
#include "core/statistics/confusion.h"
#include "core/study/study.h"
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace spacewright {

struct ModelStarted {
    int worker = 0; ///< from 0
    ModelId id{};
    SpaceId space{};
    std::int64_t sampleIndex = 0;
};
struct BatchDone {
    int worker = 0;
    ModelId id{};
    int epoch = 0, epochs = 0;  ///< from 1
    int batch = 0, batches = 0; ///< of this epoch, from 1
    double imagesPerSecond = 0; ///< of this model so far
    double loss = 0;            ///< mean over the epoch so far
};
struct EpochDone {
    int worker = 0;
    ModelId id{};
    Epoch epoch;
};
struct ModelDone {
    int worker = 0;
    ModelId id{};
    ModelState state{}; ///< finished, diverged, failed or stopped; waiting when it was given back
    std::optional<double> error;
    std::string reason; ///< of a waiting one: why its training was in vain, empty when it goes on later
};
/// The memory of a worker's device, or of this computer, was too small for its training just now. It begins again from
/// its checkpoint: when another training there has ended, after a while, or with each batch in more parts.
struct MemoryWasFull {
    int worker = 0;
    ModelId id{};
    std::string device;
    int parts = 0; ///< of a batch, from now on; 0: it waits
};
/// A worker cannot write, or not read, its study or the weights beside it for now: a full disk, one that is gone. It
/// keeps its model and everything it has learned, and tries again until the engine is stopped.
struct WaitsForDisk {
    int worker = 0;
    std::optional<ModelId> id; ///< none: it has no model
    std::string sentence;
};
/// The end of WaitsForDisk: the disk is there again.
struct GoesOn {
    int worker = 0;
};
/// A worker's helper process crashed (EngineOptions::isolated). Its model, if it had one, was told of by ModelDone.
struct HelperEnded {
    int worker = 0;
    std::optional<ModelId> id;
    std::string sentence; ///< what ended it, and what comes now
};
/// A worker takes no further model: the next one would not be done within the time budget. It goes on waiting, and
/// no cheaper one takes its place, since the population would then be of cheap networks.
struct DoesNotFit {
    int worker = 0;
    ModelId id{};
    SpaceId space{};
    double seconds = 0;     ///< predicted
    double secondsLeft = 0; ///< of the budget
};
/// A worker ended: nothing waits any more, it was stopped, or `problem` says in a sentence what went wrong.
struct WorkerStopped {
    int worker = 0;
    std::string problem;
    bool last = false; ///< no worker of this engine is left
};
using Event = std::variant<ModelStarted, BatchDone, EpochDone, ModelDone, MemoryWasFull, WaitsForDisk, GoesOn,
                           DoesNotFit, HelperEnded, WorkerStopped>;

struct EngineOptions {
    std::filesystem::path study;
    int workers = 0;                 ///< 0: one per core on a CPU; on GPUs as many as fit their memory, up to a bound
    int otherWorkers = 0;            ///< of this run, in other processes: the last models are shared among all
    std::string device = "auto";     ///< "auto" (all GPUs, else the CPU), "cpu", "cuda" (all GPUs), "cuda:1"
    bool reference = false;          ///< LibTorch on a CPU too, instead of the compiled step
    std::int64_t models = 0;         ///< stop after so many results; 0: when nothing waits
    double share = 1;                ///< of the time that each worker computes; it rests in between
    std::optional<double> seconds{}; ///< time budget, from the start; none: no limit
    bool isolated = false;           ///< each worker in a helper process of its own (isolated/supervisor.h)
    bool background = false;         ///< at low priority, so that a window beside it stays quick
    bool stopHopeless = false;       ///< ends trainings that cannot become good any more (core/schedule/stopping.h)
};

/// Trains the waiting models of a study on background threads until nothing waits or it is stopped.
/// `onEvent` is called on those threads (one call at a time per worker). The destructor stops and joins.
class Engine {
public:
    virtual ~Engine() = default;
    virtual void pause() = 0; ///< within one batch; models stay claimed
    virtual void resume() = 0;
    virtual void
    requestStop() = 0; ///< returns at once; workers checkpoint, release their model and end within one batch
    virtual bool paused() const = 0;
    /// Within one batch: workers that are too many checkpoint and give their models back, missing ones start. 0: as in
    /// EngineOptions.
    virtual void setWorkers(int) = 0;
    virtual void setShare(double) = 0;                      ///< as in EngineOptions
    virtual void setSecondsLeft(std::optional<double>) = 0; ///< of the time budget, from now
    virtual void setOtherWorkers(int) {}                    ///< as in EngineOptions
    virtual int workers() const = 0;                        ///< that are wanted
    virtual std::string device() const = 0;                 ///< "cpu", "cuda:0, cuda:1"
};

struct DataSet;
struct Weighted;
struct ImageSet;

/// A trained network and the images that it is to classify.
struct EvaluationJob {
    Network network;
    std::filesystem::path weights;
    const DataSet& trainedOn; ///< whose mean and deviation normalise the images
    const ImageSet& images;
    std::string device = "auto";
    std::stop_token stop{}; ///< between two batches; later images are then left out
};

struct DeviceInfo {
    std::string name;        ///< "cpu", "cuda:0"
    std::string description; ///< "AMD EPYC, 2 cores", "NVIDIA H100, 78 GiB"
};

/// Largest differences from known answers, each relative to the largest entry of its tensor.
struct GoldenErrors {
    double logits = 0;       ///< of every step's forward pass and of the evaluation after the last
    double loss = 0;         ///< relative to the loss
    double gradients = 0;    ///< of the first step
    double state = 0;        ///< parameters and running statistics after the last step
    bool complexity = false; ///< flops, parameters and activations are equal
};

struct TrainingBenchmark {
    Network network;
    int batch = 64;
    int workers = 1; ///< threads, each with a network of its own
    double seconds = 5;
    std::string device = "cpu"; ///< as in EngineOptions; one
    bool reference = false;     ///< as in EngineOptions
    Precision precision = Precision::fp32;
};
struct TrainingSpeed {
    bool onGpu = false;
    double imagesPerSecond = 0;       ///< by the clock, of all workers together
    double multiplyAddsPerSecond = 0; ///< the same, that training needs: forward, and twice that backward
    double bytesPerWorker = 0; ///< peak memory beyond what was held before, of the process or on the GPU, per worker

    // Of CPUs:
    double imagesPerCoreSecond = 0; ///< per second of processor time: what else runs on the machine hardly changes it
    double multiplyAddsPerCoreSecond = 0;
    double peakMultiplyAddsPerCoreSecond = 0; ///< that a core can do, measured before
};

/// What the training library offers; loaded from libspacewright_training.so by `training()`.
class Training {
public:
    virtual ~Training() = default;
    /// Returns at once. Throws Error for a device that is not there; all else that goes wrong arrives as WorkerStopped.
    virtual std::unique_ptr<Engine> start(const EngineOptions&, std::function<void(const Event&)> onEvent) = 0;
    /// How many of the images the network classifies wrongly; returns when it is done. Throws Error for a device that
    /// is not there, images that the network does not take, and weights that are missing or not this network's.
    virtual std::int64_t countWrong(const EvaluationJob&) = 0;
    /// What it answers to each, in their order; throws as countWrong does.
    virtual std::vector<Answer> classify(const EvaluationJob&) = 0;
    /// Where the time of a training step goes, on the CPU: seconds by layer, in the order of `layers`. What is computed
    /// in one pass counts for the last of its layers. Takes about half a second.
    virtual std::vector<double> layerSeconds(const Network&) = 0;
    /// A network's logits (images x classes) for images x channels x size x size numbers, by LibTorch on the CPU.
    virtual std::vector<float> answers(const Weighted&, const std::vector<float>& images) = 0;
    /// The same by the arrays of an exported .safetensors or .pth file in place of the network's own, or by a
    /// TorchScript file (.pt) itself. For files that this program has just written, no others. Throws Error.
    virtual std::vector<float> fileAnswers(const std::filesystem::path&, const Weighted&,
                                           const std::vector<float>& images) = 0;
    virtual std::vector<DeviceInfo> devices() = 0;
    /// Trains on random images for a while. Throws Error for a network that cannot be built.
    virtual TrainingSpeed benchmark(const TrainingBenchmark&) = 0;
    /// Holds the engine against a golden file; throws Error naming what is wrong with the file, or for a device that is
    /// not there.
    virtual GoldenErrors verify(const std::filesystem::path&, const std::string& device) = 0;
    /// Holds the compiled step against LibTorch with a small network of its own.
    virtual GoldenErrors verifyItself() = 0;
    virtual std::string versions() = 0; ///< "LibTorch 1.13.1, oneDNN 2.7.2, no CUDA"
};

/// Opens the training library at the first call (LibTorch takes about half a second to load), thread-safe.
/// Throws Error when it cannot be opened.
Training& training();

/// Training::start, or the same with workers that are isolated, for which this program starts itself (helperMain).
std::unique_ptr<Engine> startEngine(const EngineOptions&, std::function<void(const Event&)> onEvent);

} // namespace spacewright
