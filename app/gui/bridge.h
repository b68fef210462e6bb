// The one place where threads meet: the window asks and is answered by signals; it never waits for a disk or a network.
#pragma once
#include "app/gui/background.h"
#include "app/gui/cluster_watch.h"
#include "app/gui/session.h"
#include "core/exchange/report.h"
#include "core/figures/paper_path.h"
#include "core/statistics/prospect.h"
#include "app/gui/training_settings.h"
#include "gpu/disk_waits.h"
#include "gpu/run_forecast.h"
#include "gpu/validation_answers.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QString>
#include <QTimer>

namespace spacewright {

enum class TrainingState { idle, starting, training, paused, stopping };

/// A sentence for the message bar, and what could be offered with it.
struct Problem {
    /// `crashed`: who trained the study that was just opened ended without giving its models back.
    enum class Kind { general, cannotOpen, noDataSet, crashed, damaged };
    Kind kind = Kind::general;
    QString text;
    std::filesystem::path damaged = {}; ///< the study that can be recovered
};

/// What each layer takes of a training step.
struct LayerTimes {
    Network network;
    std::vector<double> seconds; ///< in the order of `layers`
    QString problem;             ///< why they are not known
};

/// What a model answers to the validation images.
struct Mistakes {
    ModelId model{};
    std::shared_ptr<const ValidationAnswers> answers; ///< null: there are none
    QString problem;                                  ///< why not
};

struct ModelFormat;

class Bridge : public QObject {
    Q_OBJECT
public:
    using StartEngine = std::function<std::unique_ptr<Engine>(const EngineOptions&, std::function<void(const Event&)>)>;
    /// Tests pass an engine of their own.
    explicit Bridge(StartEngine, QObject* parent = nullptr);
    /// Stops and joins at once; `close` first to do that without waiting.
    ~Bridge() override;

    /// `notice` is told once it is open, after all else that is told of it.
    void open(const std::filesystem::path&, Session::Creator create = {}, const QString& notice = {});
    /// Saves what can be read of a damaged study into a new one, opens that, and tells what was lost.
    void recover(const std::filesystem::path& damaged, const std::filesystem::path& recovered);
    /// Shows another study's EDFs beside this one's; as many as one likes.
    void compareWith(const std::filesystem::path&);
    void endComparison();
    void setLook(const Look&);
    const Look& look() const { return m_look; }
    void refine(const Refinement&);
    /// Answered by `refined`, with a Refinement that adds nothing.
    void takePaperStep(qint64 from, const PaperStep&);
    void addModels(SpaceId, int n);
    /// A branch, or single models: nothing is deleted, but what waits there is not trained; taken up again when false.
    void setAside(SpaceId, bool);
    void setAside(const std::vector<ModelId>&, bool);
    void setNote(SpaceId, const QString&);
    void retry(ModelId);
    /// Trained before all others, or again in their place.
    void setNext(const std::vector<ModelId>&, bool isNext);
    void setPriority(SpaceId, int);
    /// Draws and trains models of the space and its parent, in steps, until the verdict between them is decided or
    /// each has `limit`; for as long as the study is open in this program.
    void pursue(SpaceId, int limit);
    void endPursuit() { endPursuit({}); }
    /// About a model, and one that it is compared with. The latest request wins.
    void askDetails(const std::vector<ModelId>&);
    /// Where the time of a training step of the network goes. Opens the training library; the latest request wins.
    void askLayerTimes(const Network&);
    /// What a model gets wrong on the validation images. Opens the training library; the latest request wins.
    void askMistakes(ModelId);
    /// Adds it and trains it before all others; begins training where nothing trains.
    void trainCopy(const EditedCopy&);
    /// What narrowing the snapshot's selected space would give: a quick answer, then a thorough one. The latest request
    /// wins; an older one is cancelled.
    void askProspect(std::shared_ptr<const Snapshot>, const std::vector<Constraint>& added);
    /// About the snapshot's selected space; the latest request wins.
    void askAdvice(std::shared_ptr<const Snapshot>);
    /// The answer comes with `path`, which is the asker's.
    void askReport(std::shared_ptr<const Snapshot>, const QString& path);
    void askFigure(std::shared_ptr<const Snapshot>, const QString& name);
    /// One model into a file, several into a folder of that name; each is checked as it is written.
    void exportModels(std::vector<ModelId>, const ModelFormat&, bool folded, const std::filesystem::path&);
    /// Puts a file's models beside the spaces, as one of their own; what came in is said.
    void importPopulation(const std::filesystem::path&);
    void exportPopulation(SpaceId, const PopulationFormat&, const std::filesystem::path&);
    /// Writes a file that was rendered on the GUI thread.
    void write(const std::filesystem::path&, std::string bytes);
    /// Makes a folder of images known under the name of a data set, for all studies of this person.
    void useDataFolder(const std::string& dataSet, const std::filesystem::path& folder);

    // What a cluster trains; answered by `told` and `clusterLookedAt`.
    void submitToCluster(const ClusterRequest&, const std::string& host);
    void takeBackFromCluster(const std::filesystem::path& bundle);
    void resumeOnCluster(const std::filesystem::path& bundle);

    /// Trains whatever waits, now and later, until `pause` or until the time budget is used up, which begins anew.
    void train();
    void pause();
    TrainingState trainingState() const { return m_state; }
    /// Takes effect at once, also on what trains.
    void setTraining(const TrainingSettings&);
    const TrainingSettings& trainingSettings() const { return m_settings; }
    int workers() const { return m_engine ? m_engine->workers() : 0; }
    QString workersText() const; ///< "cpu x 2", empty without an engine
    /// Stops everything in the background; `closed` comes when nothing is left.
    void close();

Q_SIGNALS:
    void snapshotReady(std::shared_ptr<const Snapshot>);
    void prospectReady(Prospect);
    void detailsReady(std::vector<ModelDetails>);
    void layerTimesReady(LayerTimes);
    void mistakesReady(Mistakes);
    void copyAdded(QString name, qint64 space, qint64 model);
    void populationImported(QString name, qint64 space);
    /// After each snapshot with new results; may come seconds later for very many models.
    void judged(Judgement);
    void adviceReady(AdviceResult);
    void figureReady(FigureResult);
    void reportReady(Report, QString path);
    void refined(Refinement, qint64 space); ///< a plain number, since QMetaType cannot stream an enum of 64 bits
    void added(std::vector<ModelId>);
    void written(QString path);
    void told(QString sentence); ///< something is done, or well again
    void trainingStateChanged(TrainingState);
    void timeLeftReady(std::optional<TimeLeft>); ///< about once a second while it trains; none while nothing is known
    void pursuitChanged(QString sentence, bool active);
    void settingsChanged(TrainingSettings);
    void engineEvent(Event);
    void clusterLookedAt(ClusterJobs); ///< every few seconds while a study is open
    void problem(Problem);
    void closed();

private:
    /// Runs on the background thread; what it throws becomes a problem of that kind.
    void post(Background::Task, Problem::Kind = Problem::Kind::general);
    /// Requests of one kind: one is computed, the latest of those that came meanwhile waits, the others are forgotten
    /// with the snapshots they hold.
    struct Request {
        bool running = false;
        std::function<void()> next;
    };
    /// Runs on that thread and emits the answer, unless a later request of its kind came in between.
    template <typename Answer>
    void postLatest(Background& thread, Request& request, std::function<Answer()> compute,
                    void (Bridge::*ready)(Answer))
    {
        auto start = [this, &thread, &request, compute = std::move(compute), ready] {
            request.running = true;
            thread.post([this, &request, compute, ready](std::stop_token stop) {
                std::optional<Answer> answer;
                try {
                    if (!stop.stop_requested())
                        answer = compute();
                } catch (const std::exception& error) {
                    report(error);
                }
                deliver([this, &request, ready, answer = std::move(answer)] {
                    request.running = false;
                    if (request.next)
                        std::exchange(request.next, {})();
                    else if (answer)
                        Q_EMIT(this->*ready)(*answer);
                });
            });
        };
        if (request.running)
            request.next = std::move(start);
        else
            start();
    }
    template <typename Answer>
    void postStatistics(Request& request, std::function<Answer()> compute, void (Bridge::*ready)(Answer))
    {
        postLatest<Answer>(m_statistics, request, std::move(compute), ready);
    }
    /// From any thread; of that kind, except that a damaged study is always told as such.
    void report(const std::exception&, Problem::Kind = Problem::Kind::general);
    void report(const std::string& text, Problem::Kind = Problem::Kind::general);
    /// From any thread to the GUI thread.
    template <typename Function>
    void deliver(Function function)
    {
        QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
    }
    /// A change of the study on the background thread, after which the window is brought up to date.
    void change(std::function<void(std::stop_token)>);
    void refresh(bool always);
    void judge(const std::shared_ptr<const StudyView>&);
    void checkDataSet();
    void watch();
    void watchCluster();
    void lookAtCluster();
    /// On the cluster's thread; what it returns is told, what it throws becomes a problem.
    void orderOfCluster(std::function<std::string(ClusterWatch&)>);
    void takePlace(bool inPlace);
    /// Why a worker ended: where the study turns out to be damaged, that.
    void sayWhyItStopped(const std::string& problem);
    void spaceMade(const Refinement&, SpaceId);
    void modelsAdded();
    void goOn();
    std::optional<double> secondsLeft() const; ///< of the time budget
    void sayWhyTimeIsOver();
    void askTimeLeft();
    void pursueFurther();
    void endPursuit(const QString& sentence);
    void startEngine();
    void dropEngine();
    void engineStarted(std::shared_ptr<Engine>);
    void handle(const Event&);
    void finishClosing();
    void setState(TrainingState);

    StartEngine m_start;
    Look m_look;
    std::filesystem::path m_path;
    TrainingState m_state = TrainingState::idle;
    bool m_trainingWanted = false; ///< between `train` and `pause`
    bool m_trainAgain = false;     ///< once the engine that is stopping has gone
    int m_workersStopped = 0;      ///< of the running engine
    TrainingSettings m_settings;
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever};
    std::optional<DoesNotFit> m_misfit; ///< the model that is too long for the rest of the time budget
    RunForecast m_forecast;
    DiskWaits m_diskWaits;
    QTimer m_forecastSoon;
    struct Pursuit {
        SpaceId space{};
        int limit = 0;
    };
    std::optional<Pursuit> m_pursuit;
    bool m_pursuing = false; ///< a step is on its way
    bool m_readOnly = true;
    bool m_lookingAtCluster = false;
    bool m_lost = false; ///< the study's file is not in its place
    bool m_trainWhenFound = false;
    bool m_closing = false;
    bool m_refreshing = false; ///< a snapshot is on its way
    bool m_refreshAgain = false;
    QTimer m_refreshSoon; ///< gathers events
    QTimer m_watch;       ///< looks for what other processes wrote
    int m_ticks = 0;      ///< of m_watch
    std::stop_source m_prospectStop, m_mistakesStop;
    std::shared_ptr<Engine> m_engine; ///< made and destroyed on the background thread
    Request m_details, m_layerTimes, m_mistakes, m_advice, m_figure, m_judgement, m_timeLeft;
    std::shared_ptr<const StudyView> m_judged; ///< what the latest judgement is about, or will be
    Session m_session;                         ///< touched by tasks of m_background only
    Prospector m_prospector;                   ///< touched by tasks of m_prospects only
    Background m_prospects;                    ///< by itself, since a person waits for each
    Examiner m_examiner;                       ///< touched by tasks of m_networks only
    Background m_networks;                     ///< what computes with a network, and may take long
    ClusterWatch m_clusterWatch;               ///< touched by tasks of m_cluster only
    Background m_cluster;                      ///< what waits for schedulers and shared disks
    Lineage m_lineage;                         ///< touched by tasks of m_statistics only
    Background m_statistics;                   ///< what takes long and needs a snapshot only
    Background m_background;                   ///< last: joins before the rest goes
};

} // namespace spacewright
