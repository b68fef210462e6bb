// Narrowing spaces in the window, and taking it back.
#include "tests/gui/window_steps.h"

#include <QCheckBox>
#include <QPushButton>

using namespace spacewright;

class WindowJournalTest : public WindowSteps {
    Q_OBJECT

private Q_SLOTS:
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
        const Study study = this->study();
        QCOMPARE(study.spaces().size(), std::size_t{3});
        QCOMPARE(study.spaces()[2].parent, std::optional(study.spaces()[0].id));
        QCOMPARE(study.spaces()[2].added, std::vector<Constraint>{constraintFrom("shared b")});
        QCOMPARE(study.counts()[study.spaces()[2].id].waiting, std::int64_t{24});
        QCOMPARE(FakeEngine::started.load(), 0);
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
        const auto note = [this] { return QString::fromStdString(study().spaces()[1].note); };
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
};

QObject* makeWindowJournalTest()
{
    return new WindowJournalTest;
}

#include "test_window_journal.moc"
