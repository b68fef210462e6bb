// Changing a copy of a network: what it costs is seen at once, and it can be trained.
#include "app/gui/panels/block_drawing.h"
#include "tests/gui/window_steps.h"

#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>

using namespace spacewright;

class NetworkEditorTest : public WindowSteps {
    Q_OBJECT

    /// The model that is looked at: the best.
    Model best()
    {
        Model found;
        for (const Model& model : study().models())
            if (model.error == 14.0)
                found = model;
        return found;
    }
    QString counts() { return find<QLabel>("editCounts")->text(); }
    QString note() { return find<QLabel>("editNote")->text(); }

private Q_SLOTS:
    void init()
    {
        WindowSteps::init();
        open();
        QTRY_VERIFY(find<QLabel>("networkHeading")->text().contains("14.0 %"));
        find<QTabWidget>("networkTabs")->setCurrentIndex(4);
        QTRY_VERIFY(find<QLineEdit>("copyName")->isVisible());
    }

    void showsWhatAChangeCostsAtOnce()
    {
        const Model model = best();
        auto* depth = find<QSpinBox>("edit_d3");
        QCOMPARE(depth->value(), model.sample.network.stages[2].depth);
        QVERIFY(!counts().contains("<b>"));
        depth->setFocus();
        QTest::keyClick(depth, Qt::Key_Up);
        Network deeper = model.sample.network;
        ++deeper.stages[2].depth;
        QVERIFY(counts().contains("flops") && counts().contains("<b>") && counts().contains("(+"));
        QVERIFY(find<BlockDrawing>("blocks")->accessibleDescription().contains("edited: d "));
        QCOMPARE(note(), QString("All values fit each other."));
        QTest::mouseClick(find<QPushButton>("resetCopy"), Qt::LeftButton);
        QVERIFY(!counts().contains("<b>"));
        QCOMPARE(find<QSpinBox>("edit_d3")->value(), model.sample.network.stages[2].depth);
        QVERIFY(!find<BlockDrawing>("blocks")->accessibleDescription().contains("edited"));
    }
    void saysWhichValuesAreBuiltOtherwise()
    {
        find<QDoubleSpinBox>("edit_b2")->setValue(1);
        find<QSpinBox>("edit_g2")->setValue(16);
        find<QSpinBox>("edit_w2")->setValue(100);
        QVERIFY2(note().startsWith("w2 is built as <b>96</b>"), qPrintable(note()));
        find<QSpinBox>("edit_g2")->setValue(4000);
        QVERIFY2(note().startsWith("g2 is built as <b>100</b>"), qPrintable(note()));
        QVERIFY(find<QPushButton>("trainCopy")->isEnabled());
        for (const char* field : {"edit_d1", "edit_d2"})
            find<QSpinBox>(field)->setValue(300);
        QVERIFY2(note().contains("at most 512 blocks"), qPrintable(note()));
        QVERIFY(!find<QPushButton>("trainCopy")->isEnabled());
    }
    void groupWidthsAndRatiosGoInDoublingSteps()
    {
        auto* groups = find<QSpinBox>("edit_g1");
        groups->setValue(4);
        groups->setFocus();
        QTest::keyClick(groups, Qt::Key_Up);
        QCOMPARE(groups->value(), 8);
        QTest::keyClick(groups, Qt::Key_Down);
        QTest::keyClick(groups, Qt::Key_Down);
        QCOMPARE(groups->value(), 2);
    }
    void aCopyIsTrainedNextAndUndoSetsItAside()
    {
        const Model model = best();
        const QString name = QString("edit of #%1").arg(static_cast<int>(model.id));
        QCOMPARE(find<QLineEdit>("copyName")->text(), name);
        find<QSpinBox>("edit_d2")->setValue(model.sample.network.stages[1].depth + 1);
        QTest::mouseClick(find<QPushButton>("trainCopy"), Qt::LeftButton);
        QTRY_COMPARE(study().spaces().size(), std::size_t{3});
        QTRY_VERIFY(FakeEngine::current.load()); // training began
        const StudySpace space = study().spaces()[2];
        QCOMPARE(QString::fromStdString(space.space.name), name);
        const Model copy = study().models().back();
        QCOMPARE(copy.space, space.id);
        QCOMPARE(copy.sample.network.stages[1].depth, model.sample.network.stages[1].depth + 1);
        QCOMPARE(study().waiting().front(), copy.id);
        QTRY_VERIFY(find<QLabel>("networkHeading")->text().contains(name)); // it is looked at
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(study().spaces()[2].setAside);
        QVERIFY(study().models().size() == 13); // nothing is deleted
    }
    void aNameThatIsTakenIsSaidBeforeAnythingIsAdded()
    {
        auto* name = find<QLineEdit>("copyName");
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, "AnyNetX_A");
        QVERIFY(note().contains("already"));
        QVERIFY(!find<QPushButton>("trainCopy")->isEnabled());
    }
};

QObject* makeNetworkEditorTest()
{
    return new NetworkEditorTest;
}

#include "test_network_editor.moc"
