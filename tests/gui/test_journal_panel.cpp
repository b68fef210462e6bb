// The journal as a person uses it: selecting, noting why, setting aside, walking the paper's path.
#include "app/gui/panels/journal_panel.h"
#include "app/gui/panels/journal_card.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

using namespace spacewright;

class JournalPanelTest : public QObject {
    Q_OBJECT
    std::unique_ptr<JournalPanel> m_panel;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_panel->findChild<Widget*>(name);
    }
    QTreeView* tree() { return find<QTreeView>("journal"); }
    static std::shared_ptr<const Snapshot> journal(int selected, bool childAside = false)
    {
        auto study = std::make_shared<StudyView>();
        study->path = "/tests/small.study";
        Population child = population(2, 1, "AnyNetX_B", 11, {10, 11, 12, 13, 14, 15, 16, 17});
        child.space.added = {constraintFrom("shared b")};
        child.space.note = "cheaper";
        child.space.setAside = childAside;
        study->populations = {population(1, {}, "AnyNetX_A", 1, {30, 31, 32, 33, 34, 35, 36, 37}), child,
                              population(3, 2, "AnyNetX_C", 21, {}, 2)};
        study->populations[2].space.setAside = childAside;
        Look look;
        look.selected = SpaceId{selected};
        return snapshotOf(study, look, {}, false);
    }
    QModelIndex row(int space) { return static_cast<JournalModel*>(tree()->model())->indexOf(SpaceId{space}); }
    QString cell(int space, int column) { return row(space).siblingAtColumn(column).data().toString(); }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<JournalPanel>();
        m_panel->setSnapshot(journal(1));
        m_panel->showVerdicts(Lineage().of(*journal(1)->study));
        m_panel->resize(280, 500);
        m_panel->show();
    }
    void everyRowHasItsVerdictAndItsNote()
    {
        const QAbstractItemModelTester tester(tree()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(cell(1, JournalModel::verdictColumn), QString());
        QCOMPARE(cell(2, JournalModel::verdictColumn), QString("better"));
        QCOMPARE(cell(3, JournalModel::verdictColumn), QString("too few to say"));
        QCOMPARE(cell(2, JournalModel::noteColumn), QString("cheaper"));
        const QString spoken = row(2).data(Qt::AccessibleTextRole).toString();
        for (const char* part : {"AnyNetX_B", "n 8", "better", "shared bottleneck", "cheaper", "lowest error 10.0 %"})
            QVERIFY2(spoken.contains(part), part);
        QVERIFY(row(2).data(Qt::ToolTipRole).toString().contains("AnyNetX_B is better than AnyNetX_A"));
    }
    void aNoteThatIsBeingTypedStaysWhenResultsArrive()
    {
        tree()->setCurrentIndex(row(2));
        tree()->edit(row(2));
        QLineEdit* editor = nullptr;
        QTRY_VERIFY((editor = find<QLineEdit>("noteEditor")));
        QCOMPARE(editor->text(), QString("cheaper"));
        QTest::keyClicks(editor, "and better");
        m_panel->setSnapshot(journal(2));
        m_panel->showVerdicts(Lineage().of(*journal(2)->study));
        QCOMPARE(editor->text(), QString("and better"));
    }
    void theRowsAreDrawnWithTheirEdf()
    {
        const QImage picture = m_panel->grab().toImage();
        const QRect card = tree()->visualRect(row(2)).translated(tree()->viewport()->mapTo(m_panel.get(), QPoint()));
        const QColor own = spaceStyle(1, themeOf(m_panel->palette())).colour;
        int pixels = 0;
        for (int x = card.right() - 70; x < card.right(); ++x)
            for (int y = card.top(); y < card.bottom(); ++y)
                pixels += picture.pixelColor(x, y) == own;
        QVERIFY(pixels > 20);
    }
    void aNoteIsEditedInPlace()
    {
        QSignalSpy typed(m_panel.get(), &JournalPanel::noteTyped);
        tree()->setFocus();
        QTest::keyClick(tree(), Qt::Key_F2);
        QLineEdit* editor = nullptr;
        QTRY_VERIFY((editor = find<QLineEdit>("noteEditor")));
        QTest::keyClicks(editor, "the widest");
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(typed.count(), 1); // the editor hands over once the key is through
        QCOMPARE(typed[0][0].toLongLong(), 1);
        QCOMPARE(typed[0][1].toString(), QString("the widest"));
    }
    void aClickOnTheNoteOfTheSelectedSpaceEditsIt()
    {
        const QPoint note = JournalCard::noteRect(tree()->visualRect(row(1)), tree()->fontMetrics()).center();
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, Qt::NoModifier, note);
        QTRY_VERIFY(find<QLineEdit>("noteEditor"));
    }
    void aSpaceIsSetAsideByItsMenuOrTheDeleteKey()
    {
        QSignalSpy asked(m_panel.get(), &JournalPanel::setAsideRequested);
        m_panel->setSnapshot(journal(2));
        QCOMPARE(find<QAction>("setAside")->text(), QString("Set aside (Del)"));
        QTest::keyClick(tree(), Qt::Key_Delete);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toLongLong(), 2);
        QCOMPARE(asked[0][1].toBool(), true);
        m_panel->setSnapshot(journal(2, true));
        QCOMPARE(cell(2, JournalModel::verdictColumn), QString("set aside"));
        QVERIFY(!tree()->isExpanded(row(2))); // folded
        QCOMPARE(find<QAction>("setAside")->text(), QString("Take up again (Del)"));
        find<QAction>("setAside")->trigger();
        QCOMPARE(asked[1][1].toBool(), false);
        m_panel->setSnapshot(journal(2));
        QVERIFY(tree()->isExpanded(row(2)));
    }
    void thePapersNextStepGoesOnWhereTheWalkEnded()
    {
        std::optional<std::pair<qint64, PaperStep>> asked;
        connect(m_panel.get(), &JournalPanel::paperStepRequested, this, [&](qint64 from, const PaperStep& step) {
            asked = {from, step};
        });
        QCOMPARE(find<QPushButton>("paperStep")->text(), QString("Next step of the paper: AnyNetX_D"));
        QTest::mouseClick(find<QPushButton>("paperStep"), Qt::LeftButton);
        QVERIFY(asked);
        QCOMPARE(asked->first, 3);
        QCOMPARE(asked->second.constraint, std::optional(constraintFrom("increasing w")));
        QVERIFY(!find<QPushButton>("paperStep")->isEnabled()); // until it is there
        m_panel->setSnapshot(journal(1, true));
        QCOMPARE(find<QPushButton>("paperStep")->text(), QString("Next step of the paper: AnyNetX_B'"));
    }
    void selectingASpaceSaysSo()
    {
        QSignalSpy selected(m_panel.get(), &JournalPanel::spaceSelected);
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, Qt::NoModifier,
                          tree()->visualRect(row(2)).topLeft() + QPoint(30, 8));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected[0][0].toLongLong(), 2);
    }
};

QObject* makeJournalPanelTest()
{
    return new JournalPanelTest;
}

#include "test_journal_panel.moc"
