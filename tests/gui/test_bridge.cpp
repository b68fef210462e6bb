// The bridge: answers come as signals, orders never wait for the engine.
#include "app/gui/bridge.h"
#include "core/error.h"
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QTemporaryDir>

using namespace spacewright;

class BridgeTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Bridge> m_bridge;
    std::shared_ptr<const Snapshot> m_last;
    QString m_verdict;
    QStringList m_problems;

    void open(const QString& name)
    {
        m_bridge->open(m_folder->filePath(name).toStdString());
        QTRY_VERIFY(m_last);
    }

private Q_SLOTS:
    void init()
    {
        FakeEngine::reset();
        m_folder = std::make_unique<QTemporaryDir>();
        makeSmallStudy(m_folder->filePath("small.study"));
        m_bridge = std::make_unique<Bridge>(FakeEngine::start);
        m_last.reset();
        m_problems.clear();
        connect(m_bridge.get(), &Bridge::snapshotReady, this, [this](const auto& snapshot) { m_last = snapshot; });
        connect(m_bridge.get(), &Bridge::judged, this,
                [this](const Judgement& judgement) { m_verdict = QString::fromStdString(judgement.newest.sentence); });
        connect(m_bridge.get(), &Bridge::problem, this, [this](const Problem& problem) {
            if (problem.kind != Problem::Kind::noDataSet) // the machine need not have it
                m_problems << problem.text;
        });
    }
    void cleanup() { m_bridge.reset(); }

    void opensAStudyWithEverythingThatIsShown()
    {
        open("small.study");
        QCOMPARE(m_last->study->populations.size(), std::size_t{2});
        QCOMPARE(m_last->scatters.at("d").size(), std::size_t{2});
        QCOMPARE(static_cast<int>(*m_last->selected), 2);
        QTRY_VERIFY(m_verdict.contains("AnyNetX_D"));
        QVERIFY(!m_last->readOnly);
        QCOMPARE(m_problems, QStringList());
    }
    void aStudyWhoseFileIsGonePausesAndGoesOnWhenItIsBack()
    {
        open("small.study");
        QStringList told;
        connect(m_bridge.get(), &Bridge::told, this, [&](const QString& sentence) { told << sentence; });
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QVERIFY(QFile::rename(m_folder->filePath("small.study"), m_folder->filePath("elsewhere")));
        QTRY_COMPARE(m_problems.size(), 1);
        QVERIFY(m_problems.first().contains("is not there any more"));
        QCOMPARE(m_bridge->trainingState(), TrainingState::paused);
        QVERIFY(QFile::rename(m_folder->filePath("elsewhere"), m_folder->filePath("small.study")));
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QVERIFY(told.last().contains("is back"));
        QCOMPARE(m_problems.size(), 1); // told once
    }
    void aModelThatADeadProcessLeftRunningWaitsAgain()
    {
        open("small.study");
        const std::filesystem::path path = m_folder->filePath("small.study").toStdString();
        Study(path, Study::Access::readWrite).claimNext();
        Database database(path, Database::Access::readWrite); // as a killed process of this number would have left it
        Statement(database, "UPDATE model SET owner = ? WHERE state = 'running'").bind(thisOwner() + "0").run();
        QTRY_COMPARE(m_last->totals().running, 1);
        QTRY_COMPARE(m_last->totals().running, 0);
        QCOMPARE(m_last->totals().waiting, 4);
    }
    void aStudyThatCannotBeReadIsASentence()
    {
        QFile file(m_folder->filePath("other.study"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not a study at all") > 0);
        file.close();
        m_bridge->open(m_folder->filePath("other.study").toStdString());
        QTRY_COMPARE(m_problems.size(), 1);
        m_bridge->open(m_folder->filePath("missing.study").toStdString());
        QTRY_COMPARE(m_problems.size(), 2);
        QVERIFY(!m_last);
    }
    void aMissingStudyIsMadeWhenThatIsAllowed()
    {
        m_bridge->open(m_folder->filePath("folder/new.study").toStdString(), [](const std::filesystem::path& path) {
            makeSmallStudy(QString::fromStdString(path.string()));
            return Study(path, Study::Access::readWrite);
        });
        QTRY_VERIFY(m_last);
        QCOMPARE(m_last->study->populations.size(), std::size_t{2});
    }
    void divergedModelsCountAtChanceOrNotAtAll()
    {
        {
            Study study(m_folder->filePath("small.study").toStdString(), Study::Access::readWrite);
            study.finish(study.claimNext()->id, ModelState::diverged, 90, "the loss was not a number", 1, 1);
        }
        open("small.study");
        const auto counted = [this] {
            return m_last->study->populations[0].counted.size() + m_last->study->populations[1].counted.size();
        };
        QCOMPARE(counted(), std::size_t{9});
        Look look = m_bridge->look();
        look.diverged = DivergedModels::leftOut;
        m_bridge->setLook(look);
        QTRY_COMPARE(counted(), std::size_t{8});
        QCOMPARE(m_last->totals().diverged, std::int64_t{1}); // still counted and shown
    }
    void seesWhatAnotherProcessWrites()
    {
        open("small.study");
        Study other(m_folder->filePath("small.study").toStdString(), Study::Access::readWrite);
        const std::optional<Model> model = other.claimNext();
        other.finish(model->id, ModelState::finished, 9.5, "", 1, 1);
        QTRY_COMPARE(m_last->totals().finished, std::int64_t{9});
    }
    void modelsLeaveAloneOrTogether()
    {
        open("small.study");
        QStringList said;
        connect(m_bridge.get(), &Bridge::told, this, [&said](const QString& sentence) { said << sentence; });
        const std::filesystem::path folder = m_folder->path().toStdString();
        m_bridge->exportModels({ModelId{1}}, modelFormat("pytorch"), false, folder / "one.py");
        QTRY_COMPARE(said.size(), 1);
        QVERIFY(said[0].contains("one.py written"));
        m_bridge->exportModels({ModelId{1}, ModelId{2}}, modelFormat("json"), false, folder / "both");
        QTRY_COMPARE(said.size(), 2);
        QVERIFY(said[1].contains("2 of 2 networks"));
        QVERIFY(std::filesystem::exists(folder / "both/model-2.json"));
        m_bridge->exportModels({ModelId{1}}, modelFormat("onnx"), false, folder / "one.onnx"); // has no weights here
        QTRY_COMPARE(m_problems.size(), 1);
        QVERIFY(m_problems[0].contains("has no weights"));
        QVERIFY(!std::filesystem::exists(folder / "one.onnx"));
    }
    void refiningAddsAChildAndSelectsIt()
    {
        open("small.study");
        Refinement refinement;
        refinement.parent = SpaceId{1};
        refinement.name = "AnyNetX_B";
        refinement.added = {constraintFrom("shared b")};
        refinement.models = 3;
        m_bridge->refine(refinement);
        QTRY_COMPARE(m_last->study->populations.size(), std::size_t{3});
        QCOMPARE(m_last->selected, std::optional(SpaceId{3}));
        QCOMPARE(m_last->population(SpaceId{3})->models.size(), std::size_t{3});
        m_bridge->refine(refinement); // the name is taken
        QTRY_COMPARE(m_problems.size(), 1);
        QVERIFY(m_problems[0].contains("AnyNetX_B"));
    }
    void onlyTheLatestProspectIsAnsweredQuicklyAndThenThoroughly()
    {
        open("small.study");
        std::vector<Prospect> answers;
        connect(m_bridge.get(), &Bridge::prospectReady, this,
                [&](const Prospect& prospect) { answers.push_back(prospect); });
        for (int i = 0; i < 20; ++i)
            m_bridge->askProspect(m_last, {});
        m_bridge->askProspect(m_last, {constraintFrom("increasing d")});
        QTRY_COMPARE(answers.size(), std::size_t{2});
        QVERIFY(answers[0].log10After < answers[0].log10Before);
        QCOMPARE(answers[0].examples.size(), std::size_t{12});
        QVERIFY(answers[0].proposals < answers[1].proposals);
    }
    void whatIsSetAsideIsTakenUpAgain()
    {
        open("small.study");
        m_bridge->setAside(SpaceId{2}, true);
        QTRY_VERIFY(m_last->population(SpaceId{2})->space.setAside);
        QCOMPARE(m_last->population(SpaceId{2})->counts.waiting, 0);
        QCOMPARE(m_last->totals().setAside, 2);
        m_bridge->setAside(SpaceId{2}, false);
        QTRY_COMPARE(m_last->population(SpaceId{2})->counts.waiting, 2);
    }
    void trainsPausesAndGoesOn()
    {
        open("small.study");
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        m_bridge->pause();
        QCOMPARE(m_bridge->trainingState(), TrainingState::paused);
        QVERIFY(FakeEngine::current.load()->paused());
        m_bridge->train();
        QVERIFY(!FakeEngine::current.load()->paused());
        QCOMPARE(FakeEngine::started.load(), 1);
    }
    void trainingWishedBeforeTheStudyIsOpenStartsWithIt()
    {
        m_bridge->open(m_folder->filePath("small.study").toStdString());
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
    }
    void anEngineWithNothingLeftEndsAndIsNotStartedAgain()
    {
        open("small.study");
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        FakeEngine::current.load()->onEvent(WorkerStopped{0, "", true});
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::idle);
        QCOMPARE(FakeEngine::started.load(), 1);
        m_bridge->addModels(SpaceId{1}, 1); // there is work again, and nobody paused
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        QCOMPARE(FakeEngine::started.load(), 2);
    }
    void aWorkersProblemIsTold()
    {
        open("small.study");
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        FakeEngine::current.load()->onEvent(WorkerStopped{0, "The disk is full.", true});
        QTRY_COMPARE(m_problems, QStringList{"The disk is full."});
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::idle);
    }
    void anEngineThatCannotStartIsASentence()
    {
        m_bridge = std::make_unique<Bridge>([](const EngineOptions&, std::function<void(const Event&)>) {
            throw Error("There is no LibTorch.");
            return std::unique_ptr<Engine>();
        });
        QSignalSpy snapshots(m_bridge.get(), &Bridge::snapshotReady);
        QStringList problems;
        connect(m_bridge.get(), &Bridge::problem, this, [&](const Problem& problem) { problems << problem.text; });
        m_bridge->open(m_folder->filePath("small.study").toStdString());
        QTRY_VERIFY(!snapshots.isEmpty());
        m_bridge->train();
        QTRY_VERIFY(problems.contains("There is no LibTorch."));
        QCOMPARE(m_bridge->trainingState(), TrainingState::idle);
    }
    void closingDoesNotWaitForABatch()
    {
        open("small.study");
        m_bridge->train();
        QTRY_COMPARE(m_bridge->trainingState(), TrainingState::training);
        FakeEngine::mayEnd = false; // in the middle of a batch
        const QSignalSpy closed(m_bridge.get(), &Bridge::closed);
        m_bridge->close(); // returns although the engine cannot end
        QVERIFY(FakeEngine::current.load()->stopRequested);
        QCOMPARE(closed.count(), 0);
        FakeEngine::mayEnd = true;
        FakeEngine::mayEnd.notify_all();
        QTRY_COMPARE(closed.count(), 1);
        QVERIFY(!FakeEngine::current.load());
    }
};

QObject* makeBridgeTest()
{
    return new BridgeTest;
}

#include "test_bridge.moc"
