// The window as a person uses it: clicks and keys in, what is shown and written out.
#include "app/gui/charts/panel_chart.h"
#include "app/gui/main_window.h"
#include "app/gui/panels/chart_view.h"
#include "app/gui/watchdog.h"
#include "core/exchange/network_json.h"
#include "core/exchange/pycls_yaml.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAction>
#include <QCheckBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTreeView>

using namespace spacewright;

class WindowTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_window->findChild<Widget*>(name);
    }
    void click(const char* name)
    {
        QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton, Qt::NoModifier, QPoint(8, 8));
    }
    QStringList edfLegend()
    {
        QStringList texts;
        for (const LegendEntry& entry : static_cast<PanelChart*>(find<ChartView>("edf")->chart())->key().entries())
            texts << entry.text;
        return texts;
    }
    void open()
    {
        m_window->openStudy(m_folder->filePath("small.study"));
        QTRY_COMPARE(edfLegend().size(), 2);
    }
    void answerFileDialog(const QString& path)
    {
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = m_window->findChild<QFileDialog*>()) && dialog->isVisible());
        dialog->setDirectory(QFileInfo(path).path());
        dialog->findChild<QLineEdit*>("fileNameEdit")->setText(path);
        QTest::keyClick(dialog->findChild<QLineEdit*>("fileNameEdit"), Qt::Key_Return);
    }

private Q_SLOTS:
    void init()
    {
        FakeEngine::reset();
        m_folder = std::make_unique<QTemporaryDir>();
        makeSmallStudy(m_folder->filePath("small.study"));
        m_window = std::make_unique<MainWindow>(FakeEngine::start);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void paintsBeforeAnythingIsOpened()
    {
        MainWindow window(FakeEngine::start);
        QSignalSpy painted(&window, &MainWindow::firstPainted);
        window.show();
        QTRY_COMPARE(painted.count(), 1);
        QVERIFY(window.windowTitle().startsWith("Spacewright"));
    }
    void showsBothEdfsOfAStudy()
    {
        open();
        QCOMPARE(edfLegend(), QStringList({"[15.0 | 22.5] AnyNetX_A, n 4", "[14.0 | 17.0] AnyNetX_D, n 4"}));
        QTRY_VERIFY(find<QLabel>("verdict")->text().contains("AnyNetX_D"));
        QCOMPARE(find<QTreeView>("journal")->model()->rowCount(), 1);
        QCOMPARE(find<QTableView>("models")->model()->rowCount(), 12);
        QVERIFY(m_window->windowTitle().startsWith("small.study, 4 models wait"));
        QTRY_VERIFY(find<QLabel>("networkHeading")->text().contains("14.0 %")); // the best one
    }
    void saysWhyAStudyCannotBeOpened()
    {
        m_window->openStudy(m_folder->filePath("missing.study"));
        QPushButton* choice = nullptr;
        for (QPushButton* button : m_window->findChildren<QPushButton*>())
            if (button->text() == "Open the default study")
                choice = button;
        QVERIFY(choice);
        QTRY_VERIFY(choice->isVisible());
    }
    void refiningByClicksAddsAChildToTheFile()
    {
        open();
        auto* journal = find<QTreeView>("journal");
        journal->setCurrentIndex(journal->model()->index(0, 0));
        QTRY_VERIFY(find<QLabel>("spaceName")->text().contains("AnyNetX_A"));
        QTest::keyClick(journal, Qt::Key_R);
        QTRY_VERIFY(find<QCheckBox>("shared b")->hasFocus());
        QTest::keyClick(find<QCheckBox>("shared b"), Qt::Key_Space); // presses the switch, does not train
        QVERIFY(find<QCheckBox>("shared b")->isChecked());
        QTRY_VERIFY(find<QPushButton>("refine")->isEnabled());
        click("refine");
        QTRY_COMPARE(edfLegend().size(), 3);
        QCOMPARE(edfLegend().last(), QString("AnyNetX_B, no results yet"));
        const Study study(m_folder->filePath("small.study").toStdString(), Study::Access::readOnly);
        QCOMPARE(study.spaces().size(), std::size_t{3});
        QCOMPARE(study.spaces()[2].parent, std::optional(study.spaces()[0].id));
        QCOMPARE(study.spaces()[2].added, std::vector<Constraint>{constraintFrom("shared b")});
        QCOMPARE(study.counts()[study.spaces()[2].id].waiting, std::int64_t{24});
        QCOMPARE(FakeEngine::started.load(), 0);
    }
    void aBrushInAChartBecomesAConstraint()
    {
        open();
        ChartView* chart = nullptr;
        for (ChartView* view : m_window->findChildren<ChartView*>())
            if (view->accessibleName() == "Parameter against error" && !chart)
                chart = view;
        QTRY_COMPARE(chart->panelChart().points().groups().size(), std::size_t{2});
        const QRect plot = chart->panelChart().plotArea().toRect();
        QTest::mousePress(chart->viewport(), Qt::LeftButton, {}, plot.topLeft());
        for (const QPoint& at : {plot.center(), plot.bottomRight()}) {
            QMouseEvent move(QEvent::MouseMove, at, chart->viewport()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             {});
            QApplication::sendEvent(chart->viewport(), &move);
        }
        QTest::mouseRelease(chart->viewport(), Qt::LeftButton, {}, plot.bottomRight());
        const auto* table = find<QTableView>("models");
        int tinted = 0;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            tinted += table->model()->index(row, 0).data(Qt::BackgroundRole).isValid();
        QCOMPARE(tinted, 8); // all that have a result
        QTRY_COMPARE(find<QLabel>("silhouetteWords")->text(), QString("the best of 8 selected"));
        QTRY_VERIFY(find<QPushButton>("narrow")->isVisible());
        const Study study(m_folder->filePath("small.study").toStdString(), Study::Access::readOnly);
        double low = 1e9, high = 0; // of the space that is selected, the last
        for (const Model& model : study.models())
            if (model.space == study.spaces()[1].id && model.error) {
                low = std::min(low, *parameterValue(model.sample, "d"));
                high = std::max(high, *parameterValue(model.sample, "d"));
            }
        QVERIFY(find<QPushButton>("narrow")->toolTip().contains(QString("%1 .. %2").arg(low).arg(high)));
        click("narrow");
        QCOMPARE(find<QLineEdit>("d_low")->text(), QString::number(low));
        QCOMPARE(find<QLineEdit>("d_high")->text(), QString::number(high));
        QTest::keyClick(chart, Qt::Key_Escape);
        QTRY_COMPARE(find<QLabel>("silhouetteWords")->text(), QString("the best networks"));
        QTRY_VERIFY(!find<QPushButton>("narrow")->isVisible());
    }
    void keepsTheWindowsThreadFreeWhileResultsArrive()
    {
        auto* application = static_cast<WatchedApplication*>(QApplication::instance());
        open();
        m_window->startTraining();
        QTRY_VERIFY(FakeEngine::current.load());
        application->forget();
        Study worker(m_folder->filePath("small.study").toStdString(), Study::Access::readWrite);
        for (const double error : {9.5, 8.5}) {
            const std::optional<Model> model = worker.claimNext();
            worker.finish(model->id, ModelState::finished, error, "", 1, 4000);
            FakeEngine::current.load()->onEvent(ModelDone{0, model->id, ModelState::finished, error, ""});
            QTRY_VERIFY(edfLegend().join(' ').contains(QString("[%1 |").arg(error, 0, 'f', 1)));
        }
        // Of the processor's time, which a busy machine does not lengthen; a single event takes 2 ms.
        const WatchedApplication::Event longest = application->longest();
        QVERIFY2(longest.processorMs < 50, qPrintable(longest.what));
    }
    void undoingARefinementSetsItAsideAndBringsTheEditBack()
    {
        open();
        find<QTreeView>("journal")->setCurrentIndex(find<QTreeView>("journal")->model()->index(0, 0));
        QTRY_VERIFY(find<QLabel>("spaceName")->text().contains("AnyNetX_A"));
        click("shared b");
        QTRY_VERIFY(find<QPushButton>("refine")->isEnabled());
        click("refine");
        QTRY_COMPARE(edfLegend().size(), 3);
        const auto study = [this] {
            return Study(m_folder->filePath("small.study").toStdString(), Study::Access::readOnly);
        };
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(edfLegend().size(), 2); // what is set aside is in no chart
        QVERIFY(study().spaces()[2].setAside);
        QCOMPARE(study().totals().setAside, 24);
        QTRY_VERIFY(find<QCheckBox>("shared b")->isChecked());
        QVERIFY(find<QLabel>("spaceName")->text().contains("AnyNetX_A"));
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(edfLegend().size(), 3);
        QVERIFY(!study().spaces()[2].setAside);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(edfLegend().size(), 2);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!find<QCheckBox>("shared b")->isChecked());
    }
    void undoIsTheWindowsInAFieldToo()
    {
        open();
        auto* low = find<QLineEdit>("w_low");
        QTRY_VERIFY(low && low->isVisible());
        low->setFocus();
        QTest::keyClicks(low, "64");
        QTest::keyClick(low, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(low->text(), QString());
    }
    void theJournalKeepsNotesAndTakesThemBack()
    {
        open();
        auto* journal = find<QTreeView>("journal");
        journal->setFocus();
        QTest::keyClick(journal, Qt::Key_F2);
        QLineEdit* editor = nullptr;
        QTRY_VERIFY((editor = journal->findChild<QLineEdit*>("noteEditor")));
        QTest::keyClicks(editor, "why not");
        QTest::keyClick(editor, Qt::Key_Return);
        const auto note = [this] {
            const Study study(m_folder->filePath("small.study").toStdString(), Study::Access::readOnly);
            return QString::fromStdString(study.spaces()[1].note);
        };
        QTRY_COMPARE(note(), QString("why not"));
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(note(), QString());
    }
    void theDeleteKeySetsABranchAside()
    {
        open();
        find<QTreeView>("journal")->setFocus();
        QTest::keyClick(find<QTreeView>("journal"), Qt::Key_Delete);
        QTRY_COMPARE(edfLegend().size(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(edfLegend().size(), 2);
    }
    void onePressMakesThePapersNextSpace()
    {
        open();
        QTRY_COMPARE(find<QPushButton>("paperStep")->text(), QString("Next step of the paper: AnyNetX_E"));
        click("paperStep");
        QTRY_COMPARE(edfLegend().size(), 3);
        QTRY_COMPARE(find<QPushButton>("paperStep")->text(), QString("Next step of the paper: RegNetX"));
        QTRY_VERIFY(find<QPushButton>("paperStep")->isEnabled());
        click("paperStep");
        QTRY_COMPARE(edfLegend().size(), 4);
        QTRY_VERIFY(!find<QPushButton>("paperStep")->isVisible());
    }
    void writesTheReport()
    {
        open();
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == "&Write report...")
                action->trigger();
        const QString path = m_folder->filePath("small.html");
        answerFileDialog(path);
        QTRY_VERIFY(QFileInfo::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray html = file.readAll();
        QVERIFY(html.contains("<h2>Journal</h2>") && html.contains("data:image/svg+xml"));
    }
    void spaceTrainsAndPauses()
    {
        open();
        find<QTableView>("models")->setFocus();
        QTest::keyClick(find<QTableView>("models"), Qt::Key_Space);
        QTRY_COMPARE(find<QLabel>("trainingState")->text(), QString("training"));
        FakeEngine::current.load()->onEvent(BatchDone{0, ModelId{5}, 1, 1, 40, 100, 4200, 1.5});
        QTRY_VERIFY(m_window->findChild<QProgressBar*>());
        QTRY_COMPARE(m_window->findChild<QProgressBar*>()->value(), 40);
        QTest::keyClick(find<QTableView>("models"), Qt::Key_Space);
        QCOMPARE(find<QLabel>("trainingState")->text(), QString("paused")); // at once
        QVERIFY(FakeEngine::current.load()->paused());
    }
    void aNewResultAppears()
    {
        open();
        m_window->startTraining();
        QTRY_VERIFY(FakeEngine::current.load());
        Study worker(m_folder->filePath("small.study").toStdString(), Study::Access::readWrite);
        const std::optional<Model> model = worker.claimNext();
        worker.finish(model->id, ModelState::finished, 9.5, "", 1, 4000);
        FakeEngine::current.load()->onEvent(ModelDone{0, model->id, ModelState::finished, 9.5, ""});
        QTRY_VERIFY(edfLegend().join(' ').contains("[9.5 |"));
        QVERIFY(find<QLabel>("counts")->text().startsWith("9 finished"));
    }
    void remembersItsLayoutUntilItIsReset()
    {
        const auto models = [this] { return find<QDockWidget>("modelsDock"); };
        models()->close();
        QSignalSpy finished(m_window.get(), &MainWindow::finished);
        m_window->close();
        QTRY_COMPARE(finished.count(), 1);
        m_window = std::make_unique<MainWindow>(FakeEngine::start);
        m_window->show();
        QVERIFY(!models()->isVisible());
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == "&Reset layout")
                action->trigger();
        QVERIFY(models()->isVisible());
    }
    void closingHidesAtOnceAndEndsLater()
    {
        open();
        m_window->startTraining();
        QTRY_COMPARE(find<QLabel>("trainingState")->text(), QString("training"));
        FakeEngine::mayEnd = false; // in the middle of a batch
        const QSignalSpy finished(m_window.get(), &MainWindow::finished);
        m_window->close();
        QVERIFY(!m_window->isVisible());
        QCOMPARE(finished.count(), 0);
        FakeEngine::mayEnd = true;
        FakeEngine::mayEnd.notify_all();
        QTRY_COMPARE(finished.count(), 1);
    }
    void exportsTheSelectedNetwork_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("pycls YAML") << "best.yaml";
        QTest::newRow("JSON") << "best.json";
    }
    void exportsTheSelectedNetwork()
    {
        QFETCH(QString, name);
        open();
        QTRY_VERIFY(find<QLabel>("networkHeading")->text().contains("14.0 %"));
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        const QString path = m_folder->filePath(name);
        answerFileDialog(path);
        QTRY_VERIFY(QFileInfo::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string text = file.readAll().toStdString();
        const Sample sample = name.endsWith("json") ? sampleFrom(text) : sampleFromPyclsYaml(text);
        const Study study(m_folder->filePath("small.study").toStdString(), Study::Access::readOnly);
        bool found = false;
        for (const Model& model : study.models())
            found = found || (model.error == 14.0 && model.sample.network.stages == sample.network.stages);
        QVERIFY(found);
    }
    void exportsTheEdf()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        const QString path = m_folder->filePath("edf.svg");
        answerFileDialog(path);
        QTRY_VERIFY(QFileInfo::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("[14.0 | 17.0] AnyNetX_D, n 4"));
    }
};

QObject* makeWindowTest()
{
    return new WindowTest;
}

#include "test_window.moc"
