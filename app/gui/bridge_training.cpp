// Bridge, the engine's part: its life is on the background thread, its orders come from the GUI thread.
#include "app/gui/bridge.h"

namespace spacewright {

void Bridge::train()
{
    m_trainingWanted = true;
    if (m_state == TrainingState::paused && m_engine) {
        m_engine->resume();
        setState(TrainingState::training);
    } else if (m_state == TrainingState::idle && !m_path.empty()) {
        startEngine();
    } else if (m_state == TrainingState::stopping) {
        m_trainAgain = true;
    }
}

void Bridge::pause()
{
    m_trainingWanted = false;
    if (m_state == TrainingState::training && m_engine) {
        m_engine->pause();
        setState(TrainingState::paused);
    }
}

void Bridge::startEngine()
{
    setState(TrainingState::starting);
    m_trainAgain = false;
    m_workersStopped = 0;
    EngineOptions options;
    options.study = m_path;
    m_background.post([this, options](std::stop_token) {
        std::shared_ptr<Engine> engine;
        QString trouble;
        try {
            engine = m_start(options, [this](const Event& event) { deliver([this, event] { handle(event); }); });
        } catch (const std::exception& error) {
            trouble = QString::fromStdString(error.what());
        }
        deliver([this, engine = std::move(engine), trouble]() mutable {
            if (!engine) {
                m_trainingWanted = false;
                setState(TrainingState::idle);
                Q_EMIT problem({Problem::Kind::general, trouble});
                return;
            }
            engineStarted(std::move(engine));
        });
    });
}

void Bridge::engineStarted(std::shared_ptr<Engine> engine)
{
    m_engine = std::move(engine);
    setState(TrainingState::training);
    if (m_closing)
        dropEngine();
    else if (!m_trainingWanted)
        pause();
}

void Bridge::dropEngine()
{
    if (!m_engine)
        return;
    m_engine->requestStop();
    setState(TrainingState::stopping);
    // The task holds the last reference, so that the engine's threads are joined on the background thread.
    m_background.post([this, engine = std::move(m_engine)](std::stop_token) mutable {
        engine.reset();
        deliver([this] {
            setState(TrainingState::idle);
            if (m_trainAgain && m_trainingWanted)
                train();
        });
    });
    m_engine.reset();
}

void Bridge::handle(const Event& event)
{
    Q_EMIT engineEvent(event);
    if (!std::holds_alternative<BatchDone>(event) && !m_refreshSoon.isActive())
        m_refreshSoon.start();
    const auto* stopped = std::get_if<WorkerStopped>(&event);
    if (!stopped)
        return;
    if (!stopped->problem.empty()) {
        m_trainingWanted = false;
        Q_EMIT problem({Problem::Kind::general, QString::fromStdString(stopped->problem)});
    }
    ++m_workersStopped;
    if (stopped->last && m_engine)
        dropEngine();
}

void Bridge::close()
{
    m_closing = true;
    m_trainingWanted = false;
    m_watch.stop();
    m_prospectStop.request_stop();
    m_background.requestStop();
    dropEngine();
    finishClosing();
}

void Bridge::finishClosing()
{
    m_background.post([this](std::stop_token) {
        m_session.close();
        deliver([this] {
            // An engine that was just being made when `close` came has its own task still to run.
            if (m_state == TrainingState::idle)
                Q_EMIT closed();
            else
                finishClosing();
        });
    });
}

void Bridge::setState(TrainingState state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT trainingStateChanged(state);
}

} // namespace spacewright
