// Bridge, the engine's part: its life is on the background thread, its orders come from the GUI thread.
#include "app/gui/bridge.h"
#include "core/duration.h"

namespace spacewright {

void Bridge::train()
{
    m_deadline = m_settings.minutes > 0 ? QDeadlineTimer(60'000LL * m_settings.minutes)
                                        : QDeadlineTimer(QDeadlineTimer::Forever);
    goOn();
}

void Bridge::goOn()
{
    m_trainingWanted = true;
    if (m_state == TrainingState::paused && m_engine) {
        m_engine->setSecondsLeft(secondsLeft());
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

std::optional<double> Bridge::secondsLeft() const
{
    if (m_deadline.isForever())
        return std::nullopt;
    return static_cast<double>(m_deadline.remainingTime()) / 1000;
}

void Bridge::setTraining(const TrainingSettings& settings)
{
    const TrainingSettings before = std::exchange(m_settings, settings);
    if (settings.minutes != before.minutes)
        m_deadline = settings.minutes > 0 ? QDeadlineTimer(60'000LL * settings.minutes)
                                          : QDeadlineTimer(QDeadlineTimer::Forever);
    if (m_engine) {
        if (settings.workers != before.workers)
            m_engine->setWorkers(settings.workers);
        m_engine->setShare(settings.share / 100.0);
        m_engine->setSecondsLeft(secondsLeft());
        if (settings.isolated != before.isolated) { // which is another engine
            m_trainAgain = true;
            dropEngine();
        }
    }
    Q_EMIT settingsChanged(settings);
}

QString Bridge::workersText() const
{
    if (!m_engine)
        return {};
    const QString text = tr("%1 x %2").arg(QString::fromStdString(m_engine->device())).arg(m_engine->workers());
    return m_settings.share < 100 ? tr("%1, %2 %").arg(text).arg(m_settings.share) : text;
}

void Bridge::startEngine()
{
    setState(TrainingState::starting);
    m_trainAgain = false;
    m_workersStopped = 0;
    m_misfit.reset();
    m_forecast.forgetTrainings();
    m_diskWaits = {};
    EngineOptions options;
    options.study = m_path;
    options.workers = m_settings.workers;
    options.share = m_settings.share / 100.0;
    options.seconds = secondsLeft();
    options.isolated = m_settings.isolated;
    options.background = true;
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
    m_forecastSoon.start();
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
    m_forecastSoon.stop();
    setState(TrainingState::stopping);
    // The task holds the last reference, so that the engine's threads are joined on the background thread.
    m_background.post([this, engine = std::move(m_engine)](std::stop_token) mutable {
        engine.reset();
        deliver([this] {
            setState(TrainingState::idle);
            if (m_trainAgain && m_trainingWanted)
                goOn();
        });
    });
    m_engine.reset();
}

void Bridge::handle(const Event& event)
{
    m_forecast.take(event);
    Q_EMIT engineEvent(event);
    if (const auto* misfit = std::get_if<DoesNotFit>(&event))
        m_misfit = *misfit;
    if (const auto* full = std::get_if<MemoryWasFull>(&event))
        Q_EMIT told((full->parts > 0
                         ? tr("The memory of %1 was full: model %2 begins again with each batch in %3 parts.")
                               .arg(QString::fromStdString(full->device))
                               .arg(static_cast<qlonglong>(full->id))
                               .arg(full->parts)
                         : tr("The memory of %1 was full: model %2 waits until another training there has "
                              "ended, or a little, and goes on from its checkpoint.")
                               .arg(QString::fromStdString(full->device))
                               .arg(static_cast<qlonglong>(full->id))));
    if (const auto* ended = std::get_if<HelperEnded>(&event))
        Q_EMIT problem({Problem::Kind::general, QString::fromStdString(ended->sentence)});
    if (const std::optional<DiskWaits::Notice> notice = m_diskWaits.take(event)) {
        const QString text = QString::fromStdString(notice->sentence);
        if (notice->waits)
            Q_EMIT problem({Problem::Kind::general, text});
        else
            Q_EMIT told(text);
    }
    if (!std::holds_alternative<BatchDone>(event) && !m_refreshSoon.isActive())
        m_refreshSoon.start();
    const auto* stopped = std::get_if<WorkerStopped>(&event);
    if (!stopped)
        return;
    if (!stopped->problem.empty()) {
        m_trainingWanted = false;
        sayWhyItStopped(stopped->problem);
    }
    if (m_engine && stopped->worker < m_engine->workers()) // else it was one too many
        ++m_workersStopped;
    if (stopped->last && m_engine) {
        sayWhyTimeIsOver();
        dropEngine();
    }
}

void Bridge::sayWhyTimeIsOver()
{
    if (!m_misfit && !m_deadline.hasExpired())
        return;
    m_trainingWanted = false;
    const auto text = [](double seconds) { return QString::fromStdString(durationText(seconds)); };
    Q_EMIT problem({Problem::Kind::general,
                    m_misfit ? tr("Model %1 was not started: it would take about %2, and %3 of the time budget were "
                                  "left. It comes first when you train again.")
                                   .arg(static_cast<qlonglong>(m_misfit->id))
                                   .arg(text(m_misfit->seconds), text(std::max(0.0, m_misfit->secondsLeft)))
                             : tr("The time budget of %1 is used up. Nothing is lost; train again to go on.")
                                   .arg(text(60.0 * m_settings.minutes))});
}

void Bridge::close()
{
    m_closing = true;
    m_trainingWanted = false;
    m_watch.stop();
    m_prospectStop.request_stop();
    m_mistakesStop.request_stop();
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
