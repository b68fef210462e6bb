// Running on a cluster as a person asks for it; SLURM's commands are scripts of the test's own.
#include "app/gui/cluster_watch.h"
#include "app/gui/panels/cluster_page.h"
#include "core/cluster/attempt.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace spacewright;

class ClusterPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path = qgetenv("PATH");
    std::unique_ptr<Bridge> m_bridge;
    std::unique_ptr<ClusterPage> m_page;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_page->findChild<Widget*>(name);
    }
    void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    Study study() { return {m_folder->filePath("small.study").toStdString(), Study::Access::readWrite}; }
    std::filesystem::path bundle() { return m_folder->filePath("small.bundle").toStdString(); }
    /// The cell of the first job; empty without one.
    QString cell(int column)
    {
        const QTreeWidgetItem* item = find<QTreeWidget>("clusterJobs")->topLevelItem(0);
        return item ? item->text(column) : QString();
    }
    void writeScript(const QString& name, const QByteArray& lines)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("#!/bin/sh\n" + lines) > 0);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    void submit(int models)
    {
        click("runOnCluster");
        find<QSpinBox>("clusterModels")->setValue(models);
        click("submitJob");
    }

private Q_SLOTS:
    /// A scheduler whose queue is a file: sbatch starts nothing, but says that two elements run.
    void init()
    {
        FakeEngine::reset();
        m_folder = std::make_unique<QTemporaryDir>();
        makeSmallStudy(m_folder->filePath("small.study"));
        const QByteArray queue = m_folder->filePath("queue").toLocal8Bit();
        writeScript("sbatch", "printf 'RUNNING|0|None\\nRUNNING|1|None\\n' > '" + queue + "'\necho 77\n");
        writeScript("squeue", "cat '" + queue + "' 2>/dev/null\nexit 0\n");
        writeScript("scancel", "rm -f '" + queue + "'\n");
        qputenv("PATH", m_folder->path().toLocal8Bit() + ":" + m_path);
        m_bridge = std::make_unique<Bridge>(FakeEngine::start);
        m_page = std::make_unique<ClusterPage>(*m_bridge);
        m_page->show();
        m_bridge->open(m_folder->filePath("small.study").toStdString());
        QTRY_VERIFY(find<QPushButton>("runOnCluster")->isEnabled());
    }
    void cleanup()
    {
        m_page.reset();
        m_bridge.reset();
        qputenv("PATH", m_path);
    }

    void givesModelsToSlurmAndTakesTheirResults()
    {
        QCOMPARE(find<QLabel>("clusterWords")->text(), QString("Nothing of this study is on a cluster."));
        submit(3);
        QTRY_COMPARE(cell(2), QString("2 run, 0 wait"));
        QCOMPARE(cell(0), QString("small.bundle"));
        QCOMPARE(cell(1), QString("0 of 3"));
        QCOMPARE(m_page->title(), QString("Cluster (3)"));
        QCOMPARE(study().totals().waiting, 1);

        // What an element does.
        const Bundle made(bundle());
        Attempt attempt(made, {"77", 0, 0});
        TrainedModel trained = made.shard(0).models.front();
        trained.model.state = ModelState::finished;
        trained.model.error = 12.5;
        trained.model.seconds = 1;
        attempt.record(0, trained, std::nullopt);
        QTRY_COMPARE(cell(1), QString("1 of 3"));
        QCOMPARE(study().model(trained.model.id).error, std::optional(12.5));
        QCOMPARE(m_page->title(), QString("Cluster (2)"));
    }
    void keepsBackupsWhileModelsAreThere()
    {
        const std::filesystem::path path = study().path();
        ClusterWatch watch([](const std::string& problem) { QFAIL(problem.c_str()); }, std::chrono::milliseconds(0));
        watch.follow(path);
        watch.look(false);
        QVERIFY(!newestBackup(path));
        submit(3);
        QTRY_COMPARE(cell(1), QString("0 of 3"));
        watch.look(true); // another window collects, and keeps them
        QVERIFY(!newestBackup(path));
        watch.look(false);
        QCOMPARE(Study(newestBackup(path).value(), Study::Access::readOnly).totals().waiting, 1);
    }
    void takesModelsBack()
    {
        submit(4);
        QTRY_COMPARE(cell(1), QString("0 of 4"));
        QCOMPARE(study().totals().waiting, 0);
        click("takeBack");
        QTRY_COMPARE(find<QTreeWidget>("clusterJobs")->topLevelItemCount(), 0);
        QCOMPARE(study().totals().waiting, 4);
        QVERIFY(!QFileInfo::exists(m_folder->filePath("queue")));
    }
    void takesModelsBackThoughTheBundleIsGone()
    {
        submit(4);
        QTRY_COMPARE(cell(1), QString("0 of 4"));
        std::filesystem::remove_all(bundle());
        QTRY_VERIFY(find<QLabel>("clusterWords")->text().contains("small.bundle"));
        click("takeBack");
        QTRY_COMPARE(study().totals().waiting, 4);
        QTRY_COMPARE(find<QTreeWidget>("clusterJobs")->topLevelItemCount(), 0);
    }
    void goesOnWithABundleThatSlurmDidNotTake()
    {
        QSignalSpy problems(m_bridge.get(), &Bridge::problem);
        writeScript("sbatch", "echo 'invalid partition specified' >&2\nexit 1\n");
        submit(4);
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(problems.first().first().value<Problem>().text.contains("invalid partition specified"));
        QTRY_COMPARE(cell(2), QString("not submitted"));
        writeScript("sbatch", "echo 78\n");
        QVERIFY(find<QPushButton>("resumeCluster")->isEnabled());
        click("resumeCluster");
        QTRY_COMPARE(cell(2), QString("ended early")); // this scheduler's queue is empty
    }
    void saysWhatIsWrongWithAScript()
    {
        click("runOnCluster");
        find<QPlainTextEdit>("clusterScript")->setPlainText("#!/bin/sh\n@nothing@\n");
        QVERIFY(find<QLabel>("clusterProblem")->text().contains("@nothing@"));
        QVERIFY(!find<QPushButton>("submitJob")->isEnabled());
    }
    void keepsAnEditedScriptUntilTheDefaultIsWanted()
    {
        const QString own = QString::fromStdString(defaultTemplate()), edited = own + "# mine\n";
        const auto tab = [&] { return find<QTabWidget>("clusterTabs")->tabText(2); };
        click("runOnCluster");
        QCOMPARE(find<QPlainTextEdit>("clusterScript")->toPlainText(), own);
        QVERIFY(!find<QPushButton>("ownScript")->isEnabled());
        find<QPlainTextEdit>("clusterScript")->setPlainText(edited);
        QCOMPARE(tab(), QString("Sc&ript (edited)"));
        click("submitJob");
        QTRY_COMPARE(cell(1), QString("0 of 4"));
        click("takeBack");
        QTRY_COMPARE(study().totals().waiting, 4);
        QTRY_VERIFY(find<QPushButton>("runOnCluster")->isEnabled());
        click("runOnCluster");
        QCOMPARE(find<QPlainTextEdit>("clusterScript")->toPlainText(), edited);
        find<QPushButton>("ownScript")->click(); // on a page that is not shown
        QCOMPARE(find<QPlainTextEdit>("clusterScript")->toPlainText(), own);
        QCOMPARE(tab(), QString("Sc&ript"));
        click("submitJob");
        QTRY_COMPARE(cell(1), QString("0 of 4"));
        QVERIFY(!QSettings().contains("cluster/script"));
    }
};

QObject* makeClusterPageTest()
{
    return new ClusterPageTest;
}

#include "test_cluster_page.moc"
