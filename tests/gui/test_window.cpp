// The window as a person uses it: clicks and keys in, what is shown out.
#include "app/gui/panels/message_bar.h"
#include "app/gui/watchdog.h"
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "tests/gui/window_steps.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QMenuBar>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QTableView>

using namespace spacewright;

class WindowTest : public WindowSteps {
    Q_OBJECT

private Q_SLOTS:
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
        const Study study = this->study();
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
    void aHelperThatCrashedLeavesNoProgressBehind()
    {
        open();
        m_window->startTraining();
        QTRY_VERIFY(FakeEngine::current.load());
        const auto say = [](const Event& event) { FakeEngine::current.load()->onEvent(event); };
        say(BatchDone{0, ModelId{5}, 1, 1, 40, 100, 4200, 1.5});
        say(BatchDone{1, ModelId{6}, 1, 1, 20, 100, 4200, 1.5});
        QTRY_COMPARE(m_window->findChildren<QProgressBar*>().size(), 2);
        say(HelperEnded{0, ModelId{5}, "The helper process was ended by signal 11 (SIGSEGV)."});
        QTRY_COMPARE(m_window->findChildren<QProgressBar*>().size(), 1);
        say(BatchDone{1, ModelId{5}, 1, 1, 10, 100, 4200, 1.5}); // the other one takes it
        QTRY_COMPARE(m_window->findChild<QProgressBar*>()->value(), 10);
        QCOMPARE(m_window->findChild<MessageBar*>()->text(),
                 QString("The helper process was ended by signal 11 (SIGSEGV)."));
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
    void isNoWiderThanASmallLaptopsScreen()
    {
        open();
        m_window->findChild<MessageBar*>()->warn(QString("A long sentence. ").repeated(20),
                                                 "Train in separate processes");
        QTRY_VERIFY2(m_window->minimumSizeHint().width() <= 1280,
                     qPrintable(QString::number(m_window->minimumSizeHint().width())));
    }
    void everyControlHasANameForScreenReaders()
    {
        open();
        QStringList nameless;
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            const bool takesKeys = widget->window() == m_window.get() && widget->focusPolicy() & Qt::TabFocus &&
                                   !widget->focusProxy() && widget->isVisibleTo(widget->parentWidget()) &&
                                   !(qobject_cast<QTabBar*>(widget) && widget->parent() == m_window.get()); // of docks
            const auto* inner =
                qobject_cast<QLineEdit*>(widget); // of a spin box or an editable combo box, which names it
            if (!takesKeys || (inner && (qobject_cast<QAbstractSpinBox*>(inner->parent()) ||
                                         qobject_cast<QComboBox*>(inner->parent()))))
                continue;
            const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            if (!accessible || accessible->text(QAccessible::Name).isEmpty())
                nameless << QStringLiteral("%1 %2 of %3")
                                .arg(widget->metaObject()->className(), widget->objectName(),
                                     widget->parent()->metaObject()->className());
        }
        QCOMPARE(nameless.join(", "), QString());
    }
    void fitsOnASmallScreen()
    {
        open();
        const QSize least = m_window->minimumSizeHint();
        QVERIFY2(least.width() <= 1366 && least.height() <= 768, qPrintable(QDebug::toString(least)));
        QVERIFY(m_window->size().width() <= std::max(least.width(), m_window->screen()->availableSize().width()));
    }
    void noButtonTakesAMenusKey()
    {
        open();
        QSet<QKeySequence> menus;
        for (const QAction* menu : m_window->menuBar()->actions())
            menus << QKeySequence::mnemonic(menu->text());
        QCOMPARE(menus.size(), m_window->menuBar()->actions().size());
        QStringList taken;
        const auto look = [&](const QString& text) {
            if (menus.contains(QKeySequence::mnemonic(text)))
                taken << text;
        };
        for (const auto* button : m_window->findChildren<QAbstractButton*>())
            look(button->text());
        for (const auto* label : m_window->findChildren<QLabel*>())
            if (label->buddy())
                look(label->text());
        QCOMPARE(taken.join(", "), QString());
    }
    void theKeyF6GoesThroughAllPanels()
    {
        open();
        find<QTreeView>("journal")->setFocus();
        QStringList visited;
        for (int i = 0; i < 12; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
            for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>())
                if (dock->isAncestorOf(QApplication::focusWidget()))
                    visited << dock->objectName();
        }
        QCOMPARE(visited.size(), 12);
        QCOMPARE(QSet<QString>(visited.begin(), visited.end()).size(), 12); // each once
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(find<QDockWidget>("spaceDock")->isAncestorOf(QApplication::focusWidget()));
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
        trigger("&Reset layout");
        QVERIFY(models()->isVisible());
    }
    void remembersWhatWasLookedAt()
    {
        open();
        find<QTreeView>("journal")->setCurrentIndex(find<QTreeView>("journal")->model()->index(0, 0));
        QTRY_VERIFY(find<QLabel>("spaceName")->text().contains("AnyNetX_A"));
        auto* parameter = find<QComboBox>("parameter");
        const QString chosen = parameter->itemText(1);
        QTest::keyClick(parameter, Qt::Key_Down);
        QSignalSpy finished(m_window.get(), &MainWindow::finished);
        m_window->close();
        QTRY_COMPARE(finished.count(), 1);
        m_window = std::make_unique<MainWindow>(FakeEngine::start);
        m_window->show();
        m_window->openLatest();
        QTRY_VERIFY(find<QLabel>("spaceName")->text().contains("AnyNetX_A"));
        QCOMPARE(find<QComboBox>("parameter")->currentText(), chosen);
    }
    void offersSeparateProcessesAfterACrash()
    {
        const std::filesystem::path path = m_folder->filePath("small.study").toStdString();
        const auto die = [&] { // as a process does that has this one's number and started before
            const std::string owner = thisOwner();
            Database database(path, Database::Access::readWrite);
            Statement(database, "UPDATE model SET state = 'running', owner = ? WHERE id = "
                                "(SELECT min(id) FROM model WHERE state = 'waiting')")
                .bind(owner.substr(0, owner.rfind('/')) + "/1")
                .run();
        };
        auto* bar = m_window->findChild<MessageBar*>();
        die();
        open();
        QTRY_VERIFY2(bar->text().contains("ended unexpectedly"), qPrintable(bar->text()));
        QCOMPARE(study().totals().running, std::int64_t{0});
        auto* button = bar->findChild<QPushButton*>();
        QVERIFY(button->isVisible());
        button->click();
        QVERIFY(find<QCheckBox>("isolated")->isChecked());

        bar->tell("something else");
        die();
        open(); // once more, with the setting: there is nothing to offer
        QTRY_COMPARE(study().totals().running, std::int64_t{0});
        m_window->startTraining();
        QTRY_COMPARE(find<QLabel>("trainingState")->text(), QString("training"));
        QVERIFY(FakeEngine::options.isolated);
        QCOMPARE(bar->text(), QString("something else"));
        find<QCheckBox>("isolated")->click(); // the tests share their settings
    }
    void whatIsAskedWhileItClosesHarmsNothing()
    {
        open();
        QSignalSpy finished(m_window.get(), &MainWindow::finished);
        m_window->close();
        for (int row = 0; row < 4; ++row)
            find<QTableView>("models")->selectRow(row); // asks for the model's details
        QTRY_COMPARE(finished.count(), 1);
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
};

QObject* makeWindowTest()
{
    return new WindowTest;
}

#include "test_window.moc"
