// Bridge, the queue's part: its order, what is added to it, and how long it will take.
#include "app/gui/bridge.h"

namespace spacewright {

void Bridge::modelsAdded()
{
    refresh(true);
    if (!m_trainingWanted)
        return;
    if (m_engine && m_workersStopped > 0) {
        // Those workers saw an empty queue and ended; a new engine has all of them again.
        m_trainAgain = true;
        dropEngine();
    } else {
        goOn();
    }
}

void Bridge::setNext(const std::vector<ModelId>& ids, bool isNext)
{
    post([this, ids, isNext](std::stop_token) {
        m_session.setNext(ids, isNext);
        deliver([this] { refresh(true); });
    });
}

void Bridge::setPriority(SpaceId space, int priority)
{
    post([this, space, priority](std::stop_token) {
        m_session.setPriority(space, priority);
        deliver([this] { refresh(true); });
    });
}

void Bridge::pursue(SpaceId space, int limit)
{
    m_pursuit = {space, limit};
    Q_EMIT pursuitChanged(tr("Looking at what is there."), true);
    train();
    refresh(true);
}

void Bridge::endPursuit(const QString& sentence)
{
    if (!m_pursuit)
        return;
    m_pursuit.reset();
    Q_EMIT pursuitChanged(sentence, false);
}

/// After every snapshot.
void Bridge::pursueFurther()
{
    if (!m_pursuit || m_pursuing)
        return;
    m_pursuing = true;
    post([this, goal = *m_pursuit](std::stop_token stop) {
        NextStep step;
        std::string trouble;
        try {
            step = m_session.pursue(goal.space, goal.limit, stop);
        } catch (const std::exception& error) {
            trouble = error.what();
        }
        deliver([this, step, trouble] {
            m_pursuing = false;
            if (!m_pursuit)
                return;
            if (!trouble.empty() || step.kind == NextStep::Kind::decided || step.kind == NextStep::Kind::limit)
                return endPursuit(QString::fromStdString(trouble.empty() ? step.sentence : trouble));
            if (!step.sentence.empty())
                Q_EMIT pursuitChanged(QString::fromStdString(step.sentence), true);
            if (step.kind == NextStep::Kind::draw)
                modelsAdded();
        });
    });
}

void Bridge::askTimeLeft()
{
    if (m_state != TrainingState::training)
        return;
    postStatistics<std::optional<TimeLeft>>(
        m_timeLeft,
        [forecast = m_forecast, share = m_settings.share / 100.0] {
            return forecast.timeLeft(std::numeric_limits<std::int64_t>::max(), share);
        },
        &Bridge::timeLeftReady);
}

} // namespace spacewright
