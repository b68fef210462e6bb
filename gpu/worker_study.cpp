// Steps on the study, again and again.
#include "gpu/worker_study.h"
#include <spdlog/spdlog.h>

namespace spacewright {

namespace {

/// Models of this process that no worker trains and that the study still says it does.
class LeftModels {
public:
    void add(const std::filesystem::path& study, ModelId id)
    {
        const std::lock_guard lock(m_mutex);
        m_models.emplace(study, id);
    }
    void release(Study& study)
    {
        const std::lock_guard lock(m_mutex);
        for (auto model = m_models.lower_bound({study.path(), ModelId{0}});
             model != m_models.end() && model->first == study.path(); model = m_models.erase(model))
            try {
                study.release(model->second);
            } catch (const StorageError&) {
                throw;
            } catch (const Error&) { // somebody else's by now
            }
    }

private:
    std::mutex m_mutex;
    std::set<std::pair<std::filesystem::path, ModelId>> m_models;
};

LeftModels& leftModels()
{
    static LeftModels models;
    return models;
}

void requireThere(const std::filesystem::path& study)
{
    if (std::error_code none; !std::filesystem::exists(study, none))
        throw StorageError(study.string() +
                           " is not there any more: its disk is gone, or it was moved or deleted. Nothing "
                           "that was recorded is lost. Bring it back to its place.");
}

} // namespace

WorkerStudy::WorkerStudy(Crew& crew, int worker) : m_crew(crew), m_worker(worker)
{
    if (std::error_code none; !std::filesystem::exists(crew.options().study, none))
        Study(crew.options().study, Study::Access::readWrite); // says so
    insist([&](Study& study) {
        study.releaseAbandoned();
        leftModels().release(study);
        m_recipe = study.recipe();
    });
}

void WorkerStudy::insist(const std::function<void(Study&)>& step)
{
    for (;;) {
        try {
            step(connection());
        } catch (const StorageError& problem) {
            waitForDisk(problem);
            continue;
        }
        if (std::exchange(m_waits, false))
            m_crew.say(GoesOn{m_worker});
        return;
    }
}

Study& WorkerStudy::connection()
{
    if (m_study && (m_waits || !m_study->isInPlace())) {
        m_claims = m_study->claims();
        m_study.reset();
    }
    if (!m_study) {
        const std::filesystem::path& path = m_crew.options().study;
        requireThere(path);
        try {
            m_study.emplace(path, Study::Access::readWrite);
        } catch (const Error&) {
            requireThere(path); // it may have gone in between
            throw;
        }
        m_study->setClaims(m_claims);
    }
    return *m_study;
}

/// Called while the problem is handled, which it throws again where nobody waits for the disk any more.
void WorkerStudy::waitForDisk(const StorageError& problem)
{
    if (!std::exchange(m_waits, true))
        m_crew.say(WaitsForDisk{m_worker, m_model, problem.what()});
    if (!m_crew.pauseBeforeRetry(m_worker))
        throw;
}

bool WorkerStudy::giveBack(ModelId id)
{
    try {
        connection().release(id);
        return true;
    } catch (const Error& problem) {
        leftModels().add(m_crew.options().study, id);
        spdlog::warn("Model {} could not be given back yet. {}", static_cast<std::int64_t>(id), problem.what());
        return false;
    }
}

} // namespace spacewright
