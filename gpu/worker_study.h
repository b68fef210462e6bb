// A worker's connection to its study, on a disk that may refuse for a while.
#pragma once
#include "core/error.h"
#include "gpu/crew.h"

namespace spacewright {

/// What the disk refuses for now (StorageError) is said in an event and tried again until it succeeds, with the file
/// opened anew: a network file system that was away has forgotten who had opened it. For one thread.
class WorkerStudy {
public:
    /// Opens the study; models that a dead process left running, and those that this one could not give back, wait
    /// again. Throws Error for a file that is not there from the beginning, or no study.
    WorkerStudy(Crew&, int worker);

    /// Calls `step` until it throws no StorageError. Throws the last one when the worker is to stop meanwhile.
    void insist(const std::function<void(Study&)>& step);
    /// That waits in later events.
    void setModel(std::optional<ModelId> id) { m_model = id; }
    /// After a problem that ends the worker: the model waits again, if not now, then when this process opens the study
    /// again to train. Whether it waits now.
    bool giveBack(ModelId);
    const Recipe& recipe() const { return m_recipe; }

private:
    Study& connection();
    void waitForDisk(const StorageError&);
    Crew& m_crew;
    int m_worker;
    std::optional<Study> m_study; ///< none while it cannot be opened
    Study::Claims m_claims;       ///< of the connection before it
    std::optional<ModelId> m_model;
    bool m_waits = false; ///< as the last event said
    Recipe m_recipe;
};

} // namespace spacewright
