// An engine that trains small studies, and what it says.
#pragma once
#include "gpu/trainer.h"
#include "gpu/worker_engine.h"
#include "synthetic.h"
#include <gtest/gtest.h>
#include <future>
#include <mutex>

namespace spacewright {

/// Runs an engine and keeps its events.
class Recording {
public:
    using AtFirstBatch = std::function<void(Engine&)>;

    /// `atFirstBatch` is called once, while the worker waits.
    explicit Recording(const EngineOptions& options, AtFirstBatch atFirstBatch = {})
        : m_atFirstBatch(std::move(atFirstBatch)), m_engine(startEngine(options, [this](const Event& e) { add(e); }))
    {
        m_started.set_value();
    }
    Recording(const EngineOptions& options, const Equipment& equipment, AtFirstBatch atFirstBatch = {})
        : m_atFirstBatch(std::move(atFirstBatch)),
          m_engine(startWorkers(options, equipment, [this](const Event& e) { add(e); }))
    {
        m_started.set_value();
    }
    Engine& engine() { return *m_engine; }
    const std::vector<Event>& wait()
    {
        m_ended.get_future().wait();
        return m_events;
    }
    std::size_t count()
    {
        const std::lock_guard lock(m_mutex);
        return m_events.size();
    }

private:
    void add(const Event& event)
    {
        bool first = false, last = false;
        {
            const std::lock_guard lock(m_mutex);
            first = std::holds_alternative<BatchDone>(event) && !m_sawBatch;
            m_sawBatch |= first;
            m_events.push_back(event);
            const auto* stopped = std::get_if<WorkerStopped>(&event);
            last = stopped && stopped->last;
        }
        if (first && m_atFirstBatch) {
            m_started.get_future().wait();
            m_atFirstBatch(*m_engine);
        }
        if (last)
            m_ended.set_value();
    }

    std::mutex m_mutex;
    std::vector<Event> m_events;
    bool m_sawBatch = false;
    AtFirstBatch m_atFirstBatch;
    std::promise<void> m_started, m_ended;
    std::unique_ptr<Engine> m_engine; // last: its threads use the rest
};

template <class E>
std::vector<E> only(const std::vector<Event>& events)
{
    std::vector<E> result;
    for (const Event& event : events)
        if (const E* one = std::get_if<E>(&event))
            result.push_back(*one);
    return result;
}

/// A folder with images, and studies of tiny networks on them.
class WorkerTest : public testing::Test {
protected:
    /// A study of `models` tiny networks of one space.
    std::filesystem::path makeStudy(const std::string& name, int models, int epochs = 2,
                                    const std::filesystem::path& data = {})
    {
        const std::filesystem::path path = folder / name;
        Study study = Study::create(path, synthetic::recipe(data.empty() ? images : data, epochs));
        StudySpace space;
        space.space = namedSpace("AnyNetX_A");
        std::vector<Sample> samples;
        for (int i = 0; i < models; ++i)
            samples.push_back(synthetic::sample(i));
        study.addModels(study.addSpace(space), samples, models);
        return path;
    }
    /// The first of four is trained already, so that the costs are known; sample 3, the last, costs most.
    std::filesystem::path makeStudyWithALongestModel(const std::string& name, int epochs = 2)
    {
        const std::filesystem::path path = makeStudy(name, 2, epochs);
        Study study(path, Study::Access::readWrite);
        study.finish(study.claimNext()->id, ModelState::finished, 20, "", 1, 1);
        Sample deep = synthetic::sample(3);
        deep.network.stages[0].depth = 6;
        deep.complexity = complexity(deep.network);
        study.addModels(study.spaces()[0].id, {synthetic::sample(2), deep}, 4);
        return path;
    }
    static std::vector<Model> models(const std::filesystem::path& path)
    {
        return Study(path, Study::Access::readOnly).models();
    }
    static std::vector<std::optional<double>> errors(const std::filesystem::path& path)
    {
        std::vector<std::optional<double>> result;
        for (const Model& model : models(path))
            result.push_back(model.error);
        return result;
    }

    synthetic::Folder folder;
    std::filesystem::path images = synthetic::writeImages(folder);
};

} // namespace spacewright
