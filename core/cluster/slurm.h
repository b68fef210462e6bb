// SLURM by its own commands. What they say is a hint about what runs; what is done stands in the bundle.
#pragma once
#include "core/cluster/command.h"
#include <cstdint>
#include <filesystem>
#include <optional>

namespace spacewright {

/// What SLURM is asked for; texts are passed on as they are.
struct SlurmRequest {
    std::string partition, time, gres, account, constraint;
    std::vector<std::string> lines;   ///< after "#SBATCH ", which may be there already
    std::vector<std::string> modules; ///< environment modules to load
    std::string container;            ///< a command that goes before the program: "apptainer exec image.sif"
    int graceSeconds = 120;           ///< before the time limit elements are told to save and go
};

/// What `cluster template` prints: a batch script with @places@ that `batchScript` fills.
std::string defaultTemplate();
struct ScriptPlaces {
    std::string name;
    std::filesystem::path bundle;
    std::string command;
    int tasks = 1, cpus = 1;
};
/// Throws Error for a place that it does not know, and for texts of several lines.
std::string batchScript(const std::string& text, const SlurmRequest&, const ScriptPlaces&);
/// Whether a line of it asks SLURM for GPUs: --gres=gpu:1, --gpus-per-node=1, -G 1, ...
bool asksForGpus(const std::string& script);

/// The id of the new array. Throws Error with what sbatch said.
std::string submitScript(const RunCommand&, const std::string& script, int tasks);

/// How SLURM's queue stands for all jobs of a name: one call, whatever their number.
struct QueueState {
    std::int64_t pending = 0, running = 0;
    std::string reason;  ///< of pending ones, where it is all the same
    std::string problem; ///< why nothing is known; then the counts are none
    bool isEmpty() const { return problem.empty() && pending + running == 0; }
    /// SLURM's word for why they are pending; empty where there is none.
    std::string waitsFor() const { return reason == "None" ? "" : reason; }
};
QueueState queueState(const RunCommand&, const std::string& name);

/// Jobs of that id and that name, and no others: after a crash of its controller SLURM gives ids a second time.
void cancelJobs(const RunCommand&, const std::string& id, const std::string& name);

} // namespace spacewright
