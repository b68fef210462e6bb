// The one place where threads meet.
#include "app/gui/bridge.h"

#include "app/gui/charts/report_document.h"
#include "core/data/image_set.h"
#include "core/error.h"
#include "core/study/file_system.h"

#include <QCoreApplication>
#include <cstdlib>

namespace spacewright {

namespace {
constexpr int statisticsNice = 5; // they take longest, and nobody waits: after the window, before training
}

Bridge::Bridge(StartEngine start, QObject* parent)
    : QObject(parent), m_start(std::move(start)), m_prospects([this](const std::string& text) { report(text); }),
      m_networks([this](const std::string& text) { report(text); }),
      m_clusterWatch([this](const std::string& text) { report(text); }),
      m_cluster([this](const std::string& text) { report(text); }),
      m_statistics([this](const std::string& text) { report(text); }, statisticsNice),
      m_background([this](const std::string& text) { report(text); })
{
    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(40);
    connect(&m_refreshSoon, &QTimer::timeout, this, [this] { refresh(true); });
    m_forecastSoon.setInterval(1000);
    connect(&m_forecastSoon, &QTimer::timeout, this, &Bridge::askTimeLeft);
    m_watch.setInterval(1000);
    connect(&m_watch, &QTimer::timeout, this, &Bridge::watch);
}

Bridge::~Bridge()
{
    m_prospectStop.request_stop();
    m_mistakesStop.request_stop();
    m_networks.requestStop();
    m_cluster.requestStop();
    m_statistics.requestStop();
    m_background.requestStop();
    if (m_engine)
        m_engine->requestStop();
}

void Bridge::report(const std::string& text, Problem::Kind kind)
{
    const Problem found{kind, QString::fromStdString(text)};
    deliver([this, found] { Q_EMIT problem(found); });
}

void Bridge::post(Background::Task task, Problem::Kind kind)
{
    if (m_closing)
        return; // the study is closed, or about to be, and nobody looks any more
    m_background.post([this, task = std::move(task), kind](std::stop_token stop) {
        try {
            task(stop);
        } catch (const std::exception& error) {
            report(error, kind);
        }
    });
}

void Bridge::open(const std::filesystem::path& path, Session::Creator create, const QString& notice)
{
    pause();
    dropEngine();
    endPursuit();
    post(
        [this, path, create = std::move(create), notice](std::stop_token) {
            const bool crashed = m_session.open(path, create);
            deliver([this, path, crashed, notice, shared = sharedDiskNotice(path)] {
                m_path = path;
                m_lost = false;
                m_look.selected.reset();
                m_watch.start();
                m_cluster.post([this, path](std::stop_token) { m_clusterWatch.follow(path); });
                refresh(true);
                checkDataSet();
                if (shared)
                    Q_EMIT told(QString::fromStdString(*shared));
                if (crashed && !m_settings.isolated)
                    Q_EMIT problem({Problem::Kind::crashed,
                                    tr("Training of this study ended unexpectedly: its program crashed or was killed. "
                                       "Nothing is lost, its models go on from their checkpoints. A crash while "
                                       "training in separate processes leaves this window open.")});
                if (!notice.isEmpty()) // behind what is asked of the data set
                    post([this, notice](std::stop_token) { deliver([this, notice] { Q_EMIT told(notice); }); });
                if (m_trainingWanted)
                    goOn();
            });
        },
        Problem::Kind::cannotOpen);
}

/// What other processes did, and whether the file is there at all.
void Bridge::watch()
{
    constexpr int ticksToAbandoned = 5; // a second each
    const bool forAbandoned = ++m_ticks % ticksToAbandoned == 0;
    post([this, forAbandoned](std::stop_token) {
        const bool inPlace = m_session.findAgain();
        if (inPlace && forAbandoned)
            m_session.releaseAbandoned();
        deliver([this, inPlace] { takePlace(inPlace); });
    });
    watchCluster();
    if (!m_lost)
        refresh(false);
}

void Bridge::takePlace(bool inPlace)
{
    if (inPlace != m_lost)
        return;
    m_lost = !inPlace;
    const QString name = QString::fromStdString(m_path.string());
    if (m_lost) {
        m_trainWhenFound = m_trainingWanted;
        pause();
        Q_EMIT problem(
            {Problem::Kind::general,
             tr("%1 is not there any more: its disk is gone, or it was moved or deleted. Training pauses and "
                "goes on when the file is back in its place; to use it elsewhere, open it there.")
                 .arg(name)});
    } else {
        Q_EMIT told(tr("%1 is back.").arg(name));
        refresh(true);
        if (m_trainWhenFound)
            goOn();
    }
}

void Bridge::checkDataSet()
{
    post([this](std::stop_token) { dataSetPath(m_session.recipe().data); }, Problem::Kind::noDataSet);
}

void Bridge::setLook(const Look& look)
{
    if (look == m_look)
        return;
    m_look = look;
    refresh(true);
}

void Bridge::refresh(bool always)
{
    if (m_path.empty() || m_closing)
        return;
    if (m_refreshing) {
        m_refreshAgain = m_refreshAgain || always;
        return;
    }
    m_refreshing = true;
    m_refreshAgain = false;
    post([this, always, look = m_look](std::stop_token) {
        // Whatever happens, the next request must be served.
        struct Done {
            Bridge* bridge;
            ~Done()
            {
                bridge->deliver([b = bridge] {
                    b->m_refreshing = false;
                    if (b->m_refreshAgain)
                        b->refresh(true);
                });
            }
        } done{this};
        if (!m_session.isOpen() || (!always && !m_session.changed()))
            return;
        deliver([this, snapshot = m_session.snapshot(look)] {
            m_readOnly = snapshot->readOnly;
            m_forecast.setOpen({snapshot->study, &snapshot->study->open});
            Q_EMIT snapshotReady(snapshot);
            judge(snapshot->study);
            pursueFurther();
        });
    });
}

void Bridge::judge(const std::shared_ptr<const StudyView>& study)
{
    if (study == m_judged)
        return;
    m_judged = study;
    postStatistics<Judgement>(
        m_judgement,
        [this, study] {
            Lineage::Verdicts verdicts = m_lineage.of(*study);
            const Verdict newest = verdictOf(*study, verdicts);
            return Judgement{std::move(verdicts), newest};
        },
        &Bridge::judged);
}

void Bridge::refine(const Refinement& refinement)
{
    post([this, refinement](std::stop_token stop) { spaceMade(refinement, m_session.refine(refinement, stop)); });
}

void Bridge::takePaperStep(qint64 from, const PaperStep& step)
{
    post([this, parent = SpaceId{from}, step](std::stop_token stop) {
        spaceMade({.parent = parent, .name = step.name, .added = {}, .note = {}},
                  m_session.takePaperStep(parent, step, stop));
    });
}

void Bridge::spaceMade(const Refinement& refinement, SpaceId id)
{
    deliver([this, refinement, id] {
        m_look.selected = id;
        modelsAdded();
        Q_EMIT refined(refinement, static_cast<qint64>(id));
    });
}

void Bridge::addModels(SpaceId space, int n)
{
    change([this, space, n](std::stop_token stop) {
        deliver([this, models = m_session.addModels(space, n, stop)] { Q_EMIT added(models); });
    });
}

void Bridge::retry(ModelId id)
{
    change([this, id](std::stop_token) { m_session.retry(id); });
}

void Bridge::setAside(SpaceId space, bool aside)
{
    change([this, space, aside](std::stop_token) { m_session.setAside(space, aside); });
}

void Bridge::setAside(const std::vector<ModelId>& models, bool aside)
{
    change([this, models, aside](std::stop_token) { m_session.setAside(models, aside); });
}

void Bridge::setNote(SpaceId space, const QString& note)
{
    change([this, space, note = note.toStdString()](std::stop_token) { m_session.setNote(space, note); });
}

void Bridge::change(std::function<void(std::stop_token)> task)
{
    post([this, task = std::move(task)](std::stop_token stop) {
        task(stop);
        deliver([this] { modelsAdded(); });
    });
}

void Bridge::askProspect(std::shared_ptr<const Snapshot> snapshot, const std::vector<Constraint>& added)
{
    m_prospectStop.request_stop();
    m_prospectStop = std::stop_source();
    m_prospects.post([this, snapshot = std::move(snapshot), added, stop = m_prospectStop.get_token()](std::stop_token) {
        for (const Prospector::Effort effort : {Prospector::quick, Prospector::thorough}) {
            if (stop.stop_requested())
                return;
            deliver([this, stop,
                     prospect = m_prospector.look(*snapshot->population(*snapshot->selected), added, effort, stop)] {
                if (!stop.stop_requested())
                    Q_EMIT prospectReady(prospect);
            });
        }
    });
}

void Bridge::askAdvice(std::shared_ptr<const Snapshot> snapshot)
{
    postStatistics<AdviceResult>(
        m_advice, [snapshot = std::move(snapshot)] { return adviceFor(*snapshot); }, &Bridge::adviceReady);
}

void Bridge::askReport(std::shared_ptr<const Snapshot> snapshot, const QString& path)
{
    post([this, snapshot = std::move(snapshot), path](std::stop_token) {
        m_statistics.post(
            [this, snapshot, path, tests = m_session.tests(),
             environment = environmentNow(QCoreApplication::applicationVersion().toStdString())](std::stop_token stop) {
                deliver([this, path,
                         report = reportOf(*snapshot->study, m_lineage.of(*snapshot->study, stop), tests,
                                           environment)] { Q_EMIT reportReady(report, path); });
            });
    });
}

void Bridge::askFigure(std::shared_ptr<const Snapshot> snapshot, const QString& name)
{
    postStatistics<FigureResult>(
        m_figure, [snapshot = std::move(snapshot), name = name.toStdString()] { return figureFor(*snapshot, name); },
        &Bridge::figureReady);
}

} // namespace spacewright
