// Narrowing a space by switches and limits.
#include "app/gui/panels/space_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace spacewright;

class SpacePanelTest : public QObject {
    Q_OBJECT
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
    QString note() { return find<QLabel>("note")->text(); }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<SpacePanel>();
        // What the window's bridge does on its thread.
        connect(m_panel.get(), &SpacePanel::previewWanted, m_panel.get(),
                [this](const Space& parent, const std::vector<Constraint>& added) {
                    m_panel->showPreview(previewOf(parent, added, {}));
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
