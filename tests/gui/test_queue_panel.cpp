// The queue and the worker as a person uses them.
#include "app/gui/battery.h"
#include "app/gui/models/queue_model.h"
#include "app/gui/panels/loss_curves.h"
#include "app/gui/panels/queue_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QSignalSpy>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace spacewright;

class QueuePanelTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Bridge> m_bridge;
    std::unique_ptr<QueuePanel> m_panel;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_panel->findChild<Widget*>(name);
    }
    void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    QTableView* queue() { return find<QTableView>("queue"); }
    QString cell(int row, int column) { return queue()->model()->index(row, column).data().toString(); }
    Study study() { return {m_folder->filePath("small.study").toStdString(), Study::Access::readWrite}; }
    void selectSpace(int row)
    {
        auto* spaces = find<QTreeWidget>("spaceOrder");
        find<QTabBar>("queueTabs")->setCurrentIndex(2);
        spaces->setCurrentItem(spaces->topLevelItem(row));
    }
    void makePanel()
    {
        m_panel.reset();
        m_bridge = std::make_unique<Bridge>(FakeEngine::start);
        m_panel = std::make_unique<QueuePanel>(*m_bridge);
        m_panel->resize(1100, 300);
        m_panel->show();
        m_bridge->open(m_folder->filePath("small.study").toStdString());
        QTRY_COMPARE(queue()->model()->rowCount(), 4);
    }

private Q_SLOTS:
    void init()
    {
        FakeEngine::reset();
        m_folder = std::make_unique<QTemporaryDir>();
        makeSmallStudy(m_folder->filePath("small.study"));
        makePanel();
    }
    void cleanup()
    {
        m_panel.reset();
        m_bridge.reset();
        save(TrainingSettings{});
    }

    void showsTheQueueInItsOrderWithPredictedTimes()
    {
        const auto order = study().waiting();
        for (int row = 0; row < 4; ++row) {
            QCOMPARE(cell(row, 0), QString::number(row + 1));
            QVERIFY(cell(row, 1).startsWith(QString("#%1,").arg(static_cast<int>(order[row]))));
            QVERIFY(cell(row, 3).endsWith(" s")); // eight trainings of two seconds are behind them
            QCOMPARE(cell(row, 4), QString("waiting"));
        }
        QCOMPARE(cell(0, 2), QString("AnyNetX_A"));
        QCOMPARE(cell(1, 2), QString("AnyNetX_D")); // spaces take turns
        QCOMPARE(find<QTabBar>("queueTabs")->tabText(0), QString("Queue (4)"));
    }
    void theModelKeepsItsPromises()
    {
        QueueModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto before = snapshotWith({population(1, {}, "AnyNetX_A", 1, {20, 30}, 3)});
        model.setSnapshot(before);
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {20, 30, 25}, 2)}));
        model.setTheme(printTheme());
        model.setSnapshot(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
    void aModelIsTrainedNextAndGoesBackToItsPlace()
    {
        const ModelId last = study().waiting().back();
        queue()->selectRow(3);
        click("trainNext");
        QTRY_COMPARE(cell(0, 4), QString("waiting, asked for next"));
        QCOMPARE(study().waiting().front(), last);
        QCOMPARE(queue()->selectionModel()->selectedRows().value(0).row(), 0); // the same model
        QCOMPARE(find<QPushButton>("trainNext")->text(), QString("In &turn"));
        click("trainNext");
        QTRY_COMPARE(study().waiting().back(), last);
    }
    void aSpaceGoesUpAndDown()
    {
        selectSpace(1);
        click("spaceUp");
        QTRY_COMPARE(cell(1, 2), QString("AnyNetX_D"));
        QTRY_COMPARE(cell(0, 2), QString("AnyNetX_D"));
        QCOMPARE(find<QTreeWidget>("spaceOrder")->topLevelItem(1)->text(1), QString("+1"));
        click("spaceDown");
        QTRY_COMPARE(cell(0, 2), QString("AnyNetX_A"));
    }
    void moreModelsOfASpaceAreDrawn()
    {
        selectSpace(0);
        find<QSpinBox>("moreCount")->setValue(3);
        click("moreOfSpace");
        QTRY_COMPARE(queue()->model()->rowCount(), 7);
        QCOMPARE(study().counts()[SpaceId{1}].waiting, std::int64_t{5});
    }
    void problemsHaveTheirReasonAndCanBeRetried()
    {
        {
            Study worker = study();
            worker.finish(worker.claimNext()->id, ModelState::failed, {}, "there was not enough memory", 1, 0);
        }
        QTRY_COMPARE(find<QTabBar>("queueTabs")->tabText(1), QString("Problems (1)"));
        find<QTabBar>("queueTabs")->setCurrentIndex(1);
        QCOMPARE(cell(0, 4), QString("failed: there was not enough memory"));
        QVERIFY(!find<QPushButton>("retryProblems")->isEnabled()); // nothing is selected
        queue()->selectRow(0);
        click("retryProblems");
        QTRY_COMPARE(find<QTabBar>("queueTabs")->tabText(0), QString("Queue (4)"));
        QCOMPARE(study().totals().failed, std::int64_t{0});
    }
    void settingsReachTheWorkersAtOnceAndLaterEngines()
    {
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QCOMPARE(FakeEngine::options.workers, 0);
        find<QSpinBox>("workers")->setValue(3);
        QCOMPARE(FakeEngine::current.load()->wantedWorkers.load(), 3);
        find<QSpinBox>("share")->setValue(40);
        QCOMPARE(FakeEngine::current.load()->share.load(), 0.4);
        QVERIFY(FakeEngine::current.load()->secondsLeft.load() < 0);
        find<QSpinBox>("minutes")->setValue(5);
        const double left = FakeEngine::current.load()->secondsLeft.load();
        QVERIFY(left > 200 && left <= 300);
        QCOMPARE(m_bridge->workersText(), QString("fake x 3, 40 %"));

        makePanel(); // as after a new start
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QCOMPARE(FakeEngine::options.workers, 3);
        QCOMPARE(FakeEngine::options.share, 0.4);
        QVERIFY(!FakeEngine::options.seconds); // a budget is for one run
    }
    void separateProcessesAreAnotherEngine()
    {
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QVERIFY(!FakeEngine::options.isolated);
        find<QCheckBox>("isolated")->click();
        QTRY_COMPARE(FakeEngine::started.load(), 2);
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QVERIFY(FakeEngine::options.isolated);

        makePanel(); // as after a new start
        QVERIFY(find<QCheckBox>("isolated")->isChecked());
        find<QCheckBox>("isolated")->click();
        m_bridge->train();
        QTRY_COMPARE(FakeEngine::started.load(), 3);
        QVERIFY(!FakeEngine::options.isolated);
    }
    void whatEndedAProcessIsAProblemAndTrainingGoesOn()
    {
        const QSignalSpy problems(m_bridge.get(), &Bridge::problem);
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        FakeEngine::current.load()->onEvent(HelperEnded{0, ModelId{7}, "The helper process was ended by signal 11."});
        QTRY_COMPARE(problems.count(), 1);
        QCOMPARE(problems[0][0].value<Problem>().text, QString("The helper process was ended by signal 11."));
        QCOMPARE(m_bridge->trainingState(), TrainingState::training);
    }
    void fullMemoryIsTold()
    {
        QStringList told;
        connect(m_bridge.get(), &Bridge::told, this, [&](const QString& sentence) { told << sentence; });
        m_bridge->train();
        QTRY_VERIFY(FakeEngine::current.load());
        FakeEngine::current.load()->onEvent(MemoryWasFull{0, ModelId{7}, "cuda:0", 2});
        QTRY_COMPARE(told.size(), 1);
        QVERIFY(told.first().contains("cuda:0") && told.first().contains("2 parts"));
    }
    void aModelThatDoesNotFitIntoTheTimeIsTold()
    {
        QStringList problems;
        connect(m_bridge.get(), &Bridge::problem, this, [&](const Problem& problem) { problems << problem.text; });
        find<QSpinBox>("minutes")->setValue(5);
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QVERIFY(FakeEngine::options.seconds.value() <= 300);
        FakeEngine::current.load()->onEvent(DoesNotFit{0, ModelId{7}, SpaceId{1}, 130, 25});
        FakeEngine::current.load()->onEvent(WorkerStopped{0, "", true});
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::idle);
        QVERIFY(problems.join(' ').contains("Model 7 was not started: it would take about 2 min 10 s, and 25 s"));
        QCOMPARE(FakeEngine::started.load(), 1);
    }
    void drawsAndTrainsUntilTheVerdictIsDecided()
    {
        selectSpace(0);
        QVERIFY(!find<QPushButton>("untilDecided")->isEnabled()); // it has no parent
        selectSpace(1);
        find<QSpinBox>("decisionLimit")->setValue(40);
        click("untilDecided");
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QTRY_VERIFY(find<QLabel>("pursuit")->text().contains("4 models to train"));
        QCOMPARE(queue()->model()->rowCount(), 4); // no look before they are done

        const auto finishAll = [this](double a, double d) {
            Study worker = study();
            double step = 0;
            while (const auto model = worker.claimNext())
                worker.finish(model->id, ModelState::finished, (model->space == SpaceId{1} ? a : d) + (step += 0.01),
                              "", 2, 4000);
        };
        finishAll(21, 20); // leaves it open
        QTRY_VERIFY(queue()->model()->rowCount() > 4);
        QCOMPARE(study().counts()[SpaceId{1}].total(), study().counts()[SpaceId{2}].total());
        // An early look must be surer than a late one: further models may be drawn before it is decided.
        QTRY_VERIFY((finishAll(30, 12), find<QPushButton>("untilDecided")->text() == "Until &decided"));
        QVERIFY(find<QLabel>("pursuit")->text().contains("AnyNetX_D is better than AnyNetX_A"));
    }
    void decidingCanBeStopped()
    {
        selectSpace(1);
        click("untilDecided");
        QCOMPARE(find<QPushButton>("untilDecided")->text(), QString("S&top deciding"));
        click("untilDecided");
        QCOMPARE(find<QPushButton>("untilDecided")->text(), QString("Until &decided"));
    }
    void theLossOfWhatTrainsIsDrawn()
    {
        auto* losses = m_panel->findChild<LossCurves*>();
        m_bridge->train();
        QTRY_VERIFY(FakeEngine::current.load());
        const auto say = [](const Event& event) { FakeEngine::current.load()->onEvent(event); };
        say(ModelStarted{0, ModelId{5}, SpaceId{1}, 4});
        say(BatchDone{0, ModelId{5}, 1, 2, 1, 100, 4000, 2.0});
        say(BatchDone{0, ModelId{5}, 1, 2, 3, 100, 4000, 1.5}); // the two between had 1.25 on average
        say(BatchDone{0, ModelId{5}, 2, 2, 50, 100, 4000, 0.5});
        QTRY_COMPARE(losses->curves(), 1);
        QTRY_COMPARE(losses->curve(0).size(), qsizetype{3});
        QCOMPARE(losses->curve(0)[1], QPointF(0.015, 1.25));
        QCOMPARE(losses->curve(0)[2], QPointF(0.75, 0.5));
        QVERIFY(losses->accessibleDescription().contains("model 5"));
        QVERIFY(!losses->grab().isNull());
        say(ModelStarted{0, ModelId{6}, SpaceId{1}, 5});
        QTRY_COMPARE(losses->curve(0).size(), qsizetype{0});
        say(WorkerStopped{0, "", true});
        QTRY_COMPARE(losses->curves(), 0);
    }
    void pausesOnBatteryAndGoesOnWithMains()
    {
        bool battery = false;
        BatteryPause pause(*m_bridge, [&] { return battery; });
        pause.setEnabled(true);
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        battery = true;
        pause.check();
        QCOMPARE(m_bridge->trainingState(), TrainingState::paused);
        battery = false;
        pause.check();
        QCOMPARE(m_bridge->trainingState(), TrainingState::training);
        m_bridge->pause(); // by the person
        battery = true;
        pause.check();
        battery = false;
        pause.check();
        QCOMPARE(m_bridge->trainingState(), TrainingState::paused);
    }
    void trainingOnBatteryOnPurposeIsNotPausedAgain()
    {
        bool battery = true;
        BatteryPause pause(*m_bridge, [&] { return battery; });
        pause.setEnabled(true);
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        pause.check();
        QCOMPARE(m_bridge->trainingState(), TrainingState::training);
    }
    void theKernelTellsAboutTheBattery_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<bool>("battery");
        QTest::newRow("a desktop without batteries") << QStringList() << false;
        QTest::newRow("unplugged") << QStringList{"AC/type Mains", "AC/online 0", "BAT0/type Battery",
                                                  "BAT0/status Discharging"}
                                   << true;
        QTest::newRow("plugged in") << QStringList{"AC/type Mains", "AC/online 1", "BAT0/type Battery",
                                                   "BAT0/status Discharging"}
                                    << false;
        QTest::newRow("a mouse's battery")
            << QStringList{"hid/type Battery", "hid/scope Device", "hid/status Discharging"} << false;
    }
    void theKernelTellsAboutTheBattery()
    {
        QFETCH(QStringList, files);
        for (const QString& text : files) {
            const QStringList parts = text.split(' ');
            QFile file(m_folder->filePath("supplies/" + parts[0]));
            QVERIFY(QDir().mkpath(QFileInfo(file).path()));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(parts[1].toUtf8()) > 0);
        }
        QTEST(onBattery(m_folder->filePath("supplies").toStdString()), "battery");
    }
};

QObject* makeQueuePanelTest()
{
    return new QueuePanelTest;
}

#include "test_queue_panel.moc"
