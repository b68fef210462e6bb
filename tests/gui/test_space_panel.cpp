// Narrowing a space by switches and limits.
#include "app/gui/history.h"
#include "app/gui/panels/range_handle.h"
#include "app/gui/panels/space_panel.h"
#include "app/gui/format.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QSpinBox>

using namespace spacewright;

class SpacePanelTest : public QObject {
    Q_OBJECT
    Prospector m_prospector;
    std::unique_ptr<History> m_history;
    std::unique_ptr<SpacePanel> m_panel;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_panel->findChild<Widget*>(name);
    }
    void click(const char* name)
    {
        QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton, Qt::NoModifier, QPoint(8, 8));
    }
    RangeHandle* handle(const char* name) { return find<RangeHandle>(name); }
    /// Drags by so many points, in three moves.
    void drag(RangeHandle* handle, int by)
    {
        const QPoint from(RangeHandle::width / 2, 8);
        QTest::mousePress(handle, Qt::LeftButton, Qt::NoModifier, from);
        for (int step = 1; step <= 3; ++step) {
            const QPoint to = handle->parentWidget()->mapToGlobal(QPoint(m_dragFrom + by * step / 3, 8));
            QMouseEvent move(QEvent::MouseMove, handle->mapFromGlobal(to), to, Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QApplication::sendEvent(handle, &move);
        }
        QTest::mouseRelease(handle, Qt::LeftButton);
    }
    int m_dragFrom = 0;
    QString typed(const char* field) { return find<QLineEdit>(field)->text(); }
    QString note() { return find<QLabel>("note")->text(); }

private Q_SLOTS:
    void init()
    {
        m_panel.reset();
        m_history = std::make_unique<History>();
        m_panel = std::make_unique<SpacePanel>(m_history.get());
        // What the window's bridge does on its thread.
        connect(m_panel.get(), &SpacePanel::prospectWanted, m_panel.get(),
                [this](std::shared_ptr<const Snapshot> snapshot, const std::vector<Constraint>& added) {
                    m_panel->showProspect(
                        m_prospector.look(*snapshot->population(*snapshot->selected), added, Prospector::quick));
                });
        m_panel->setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})}));
        m_panel->resize(360, 800);
        m_panel->show();
        QTRY_VERIFY(!find<QLabel>("acceptance")->text().isEmpty());
    }
    void aSwitchChangesWhatWouldBeDrawn()
    {
        const QString acceptance = find<QLabel>("acceptance")->text();
        const QString size = find<QLabel>("size")->text();
        QVERIFY(!find<QPushButton>("refine")->isEnabled());
        click("shared b");
        QTRY_VERIFY(find<QLabel>("size")->text() != size);
        QVERIFY(find<QLabel>("acceptance")->text().endsWith("of the networks drawn"));
        QVERIFY(acceptance.endsWith("of the networks drawn"));
        QCOMPARE(m_panel->added(), std::vector<Constraint>{constraintFrom("shared b")});
        QVERIFY(find<QPushButton>("refine")->isEnabled());
    }
    void theChildIsNamedAsThePaperNamesIt()
    {
        click("shared b");
        QCOMPARE(find<QLineEdit>("childName")->text(), QString("AnyNetX_B"));
        click("shared g");
        QCOMPARE(find<QLineEdit>("childName")->text(), QString("AnyNetX_C"));
        QTest::keyClicks(find<QLineEdit>("d_high"), "20");
        QCOMPARE(find<QLineEdit>("childName")->text(), QString("AnyNetX_A'"));
    }
    void aTypedNameStays()
    {
        QTest::keyClicks(find<QLineEdit>("childName"), "mine");
        click("shared b");
        QCOMPARE(find<QLineEdit>("childName")->text(), QString("mine"));
    }
    void limitsAreReadWithUnits()
    {
        QTest::keyClicks(find<QLineEdit>("flops_low"), "1.5M");
        QTest::keyClicks(find<QLineEdit>("flops_high"), "2 M");
        QCOMPARE(m_panel->added(), std::vector<Constraint>{constraintFrom("flops=1.5e6:2e6")});
        QTest::keyClicks(find<QLineEdit>("w_low"), "wide");
        QVERIFY(note().contains("not a number"));
        QVERIFY(!find<QPushButton>("refine")->isEnabled());
    }
    void anEmptySpaceSaysWhatEmptiesIt()
    {
        QTest::keyClicks(find<QLineEdit>("w_high"), "2");
        QTRY_VERIFY(note().contains("w <= 2"));
        QVERIFY(!find<QPushButton>("refine")->isEnabled());
        QTest::keyClick(find<QLineEdit>("w_high"), Qt::Key_Backspace);
        QTest::keyClicks(find<QLineEdit>("w_high"), "200");
        QTRY_VERIFY(find<QPushButton>("refine")->isEnabled());
    }
    void refineAsksForTheChild()
    {
        std::optional<Refinement> asked;
        connect(m_panel.get(), &SpacePanel::refineWanted, this,
                [&](const Refinement& refinement) { asked = refinement; });
        click("increasing w");
        find<QSpinBox>("childModels")->setValue(5);
        QTRY_VERIFY(find<QPushButton>("refine")->isEnabled());
        click("refine");
        QVERIFY(asked);
        QCOMPARE(static_cast<int>(asked->parent), 1);
        QCOMPARE(asked->name, std::string("AnyNetX_A'"));
        QCOMPARE(asked->models, 5);
        QCOMPARE(asked->added, std::vector<Constraint>{constraintFrom("increasing w")});
    }
    void whatTheParentHasCannotBeSwitchedOff()
    {
        m_panel->setSnapshot(snapshotWith({population(7, {}, "AnyNetX_D", 1, {15})}));
        QVERIFY(find<QCheckBox>("shared b")->isChecked());
        QVERIFY(!find<QCheckBox>("shared b")->isEnabled());
        QVERIFY(find<QCheckBox>("increasing d")->isEnabled());
        QVERIFY(m_panel->added().empty());
    }
    void editsStayWhileResultsArrive()
    {
        click("shared b");
        m_panel->setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30, 12})}));
        QVERIFY(find<QCheckBox>("shared b")->isChecked());
    }
    void anEndIsDraggedOnTheHistogram()
    {
        RangeHandle* low = handle("flops_low_handle");
        m_dragFrom = low->geometry().center().x();
        drag(low, low->parentWidget()->width() / 2);
        QVERIFY(!typed("flops_low").isEmpty());
        QCOMPARE(typed("flops_high"), QString());
        QVERIFY(m_panel->added().front().low > 0.4e6);
        QCOMPARE(m_history->count(), 1); // the moves of one drag are one step
        const QString size = find<QLabel>("acceptance")->text();
        QTRY_VERIFY(find<QLabel>("acceptance")->text() != size);
        m_history->undo();
        QVERIFY(m_panel->added().empty());
        QVERIFY(low->x() < RangeHandle::width);
    }
    void aHandleIsMovedByKeysFromValueToValue()
    {
        RangeHandle* high = handle("b_high_handle");
        high->setFocus();
        QTest::keyClick(high, Qt::Key_Left);
        QCOMPARE(typed("b_high"), QString("2")); // of 1, 2 and 4
        QTest::keyClick(high, Qt::Key_Left);
        QCOMPARE(typed("b_high"), QString("1"));
        QTest::keyClick(high, Qt::Key_Left);
        QCOMPARE(typed("b_high"), QString("1"));
        QTest::keyClick(high, Qt::Key_End);
        QCOMPARE(typed("b_high"), QString());
        QCOMPARE(m_panel->added(), std::vector<Constraint>{});
        QTest::keyClick(handle("flops_low_handle"), Qt::Key_PageUp);
        QVERIFY(countFrom(typed("flops_low")) > 0.2e6);
        QTest::keyClick(handle("flops_low_handle"), Qt::Key_Delete);
        QCOMPARE(typed("flops_low"), QString());
    }
    void tabGoesFromHandleToHandle()
    {
        handle("w_low_handle")->setFocus();
        QTest::keyClick(handle("w_low_handle"), Qt::Key_Tab);
        QVERIFY(handle("w_high_handle")->hasFocus());
        QCOMPARE(handle("w_high_handle")->accessibleName(), QString("Highest width w (channels)"));
    }
    void aTypedLimitMovesTheHandle()
    {
        const int before = handle("w_low_handle")->x();
        QTest::keyClicks(find<QLineEdit>("w_low"), "64");
        QVERIFY(handle("w_low_handle")->x() > before + 20);
        QCOMPARE(handle("w_low_handle")->accessibleDescription(), QString("64"));
    }
    void stagesAreShownWhenAskedFor()
    {
        QVERIFY(!find<QLineEdit>("w4_low")->isVisible());
        click("stages");
        QVERIFY(find<QLineEdit>("w4_low")->isVisible());
        QTest::keyClicks(find<QLineEdit>("w4_low"), "64");
        QCOMPARE(m_panel->added(), std::vector<Constraint>{constraintFrom("w4=64:")});
    }
    void whatIsTrainedAlreadyIsCountedAndTimed()
    {
        QTRY_VERIFY(find<QLabel>("trained")->text().startsWith("all 4 of AnyNetX_A"));
        click("shared b"); // which all of them happen not to have
        QTRY_COMPARE(find<QLabel>("time")->text(), QString("about 48 s to n = 24, one worker")); // of 2 s each
        click("shared b");
        QTest::keyClicks(find<QLineEdit>("d_high"), "20");
        const Population all = population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30});
        const auto fitting = std::count_if(all.models.begin(), all.models.end(), [](const Model& model) {
            return fulfils(model.sample, constraintFrom("d=:20"));
        });
        QTRY_VERIFY(find<QLabel>("trained")->text().startsWith(QString("%1 of AnyNetX_A's 4").arg(fitting)));
    }
    void anEmptySpaceOffersWhatWouldLeaveSomething()
    {
        QTest::keyClicks(find<QLineEdit>("w_high"), "2");
        QTRY_VERIFY(find<QPushButton>("remedy"));
        QCOMPARE(find<QPushButton>("remedy")->text(), QString("Use w <= 8"));
        QTRY_VERIFY(find<QPushButton>("remedy")->isVisible());
        click("remedy");
        QCOMPARE(typed("w_high"), QString("8"));
        m_history->undo();
        QCOMPARE(typed("w_high"), QString("2"));
    }
    void everyEditIsUndoneAndRedoneByName()
    {
        click("shared b");
        QCOMPARE(m_history->undoText(), QString("shared bottleneck"));
        QTest::keyClicks(find<QLineEdit>("w_low"), "64");
        QCOMPARE(m_history->undoText(), QString("limit on w"));
        QTest::keyClicks(find<QLineEdit>("childNote"), "because");
        find<QSpinBox>("childModels")->setValue(30);
        QTest::keyClicks(find<QLineEdit>("childName"), "mine");
        QCOMPARE(m_history->count(), 5); // typing in one field is one step
        click("clear");
        QVERIFY(m_panel->added().empty());
        m_history->undo();
        QCOMPARE(typed("childNote"), QString("because"));
        for (int i = 0; i < 4; ++i)
            m_history->undo();
        QCOMPARE(m_panel->added(), std::vector<Constraint>{constraintFrom("shared b")});
        m_history->undo();
        QVERIFY(!find<QCheckBox>("shared b")->isChecked());
        for (int i = 0; i < 5; ++i)
            m_history->redo();
        QCOMPARE(m_panel->added().size(), std::size_t{2});
        QVERIFY(typed("childName").startsWith("AnyNetX_A'") || typed("childName").endsWith("mine"));
        QCOMPARE(find<QSpinBox>("childModels")->value(), 30);
    }
    void editsOfASpaceStayWhileAnotherIsLookedAt()
    {
        click("shared b");
        const auto both = [](int selected) {
            Look look;
            look.selected = SpaceId{selected};
            auto study = std::make_shared<StudyView>();
            study->path = "/tests/small.study";
            study->populations = {population(1, {}, "AnyNetX_A", 1, {15, 20}),
                                  population(2, 1, "AnyNetX_C", 3, {15, 20})};
            return snapshotOf(study, look, {}, false);
        };
        m_panel->setSnapshot(both(2));
        QVERIFY(m_panel->added().empty());
        const QSignalSpy wanted(m_panel.get(), &SpacePanel::spaceWanted);
        m_history->undo(); // of the other space: it is shown
        QCOMPARE(wanted.count(), 1);
        m_history->redo();
        m_panel->setSnapshot(both(1));
        QCOMPARE(m_panel->added(), std::vector<Constraint>{constraintFrom("shared b")});
    }
    void aRegNetHasItsOwnParameters()
    {
        m_panel->setSnapshot(snapshotWith({population(3, {}, "RegNetX", 1, {15})}));
        QVERIFY(find<QLineEdit>("w_m_low"));
        QVERIFY(!find<QLineEdit>("w_low"));
        QVERIFY(!find<QCheckBox>("increasing w")->isEnabled());
    }
};

QObject* makeSpacePanelTest()
{
    return new SpacePanelTest;
}

#include "test_space_panel.moc"
