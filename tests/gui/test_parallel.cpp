// Parallel coordinates: ranges dragged on axes are the selection, and become constraints.
#include "app/gui/panels/parallel_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QPushButton>

using namespace spacewright;

class ParallelTest : public QObject {
    Q_OBJECT
    Selection m_selection;
    std::unique_ptr<ParallelPanel> m_panel;

    ParallelView* view() { return m_panel->findChild<ParallelView*>("parallel"); }
    QPushButton* narrow() { return m_panel->findChild<QPushButton*>("narrowAll"); }
    void drag(const std::string& axis, double from, double to)
    {
        const QPoint start = view()->place(axis, from).toPoint(), end = view()->place(axis, to).toPoint();
        QTest::mousePress(view(), Qt::LeftButton, {}, start);
        QTest::mouseMove(view(), (start + end) / 2);
        QTest::mouseMove(view(), end);
        QTest::mouseRelease(view(), Qt::LeftButton, {}, end);
    }

private Q_SLOTS:
    void init()
    {
        m_selection.clear();
        m_panel = std::make_unique<ParallelPanel>(m_selection);
        m_panel->resize(900, 400);
        m_panel->setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})}));
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void aDragAlongAnAxisSelectsItsRange()
    {
        drag("error", 19, 26);
        QCOMPARE(m_selection.models(), std::vector({ModelId{2}, ModelId{3}}));
        QVERIFY(!narrow()->isEnabled()); // an error is no constraint
        QTest::mouseClick(view(), Qt::LeftButton, {}, view()->place("error", 22).toPoint());
        QVERIFY(m_selection.isEmpty());
    }
    void rangesOfSeveralAxesHoldTogetherAndBecomeConstraints()
    {
        const Population all = population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30});
        const double flops = *parameterValue(all.models[1].sample, "flops");
        drag("error", 12, 31);
        QCOMPARE(m_selection.models().size(), std::size_t{4});
        drag("flops", flops - 60000, flops + 60000);
        QVERIFY(m_selection.contains(ModelId{2}));
        QVERIFY(m_selection.models().size() < 4);
        QSignalSpy chosen(m_panel.get(), &ParallelPanel::constraintChosen);
        QTest::mouseClick(narrow(), Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        const auto constraint = chosen[0][0].value<Constraint>();
        QCOMPARE(constraint.parameter, std::string("flops"));
        for (const ModelId model : m_selection.models())
            QVERIFY(fulfils(all.models[static_cast<std::size_t>(model) - 1].sample, constraint));
        QTest::mouseDClick(view(), Qt::LeftButton, {}, view()->place("d", 0).toPoint());
        QVERIFY(m_selection.isEmpty() && !narrow()->isEnabled());
    }
    void rangesAreMovedByKeys()
    {
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(view(), Qt::Key_Right); // to the last axis: the error
        QTest::keyClick(view(), Qt::Key_Up);
        QCOMPARE(m_selection.models(), std::vector({ModelId{2}, ModelId{3}, ModelId{4}}));
        QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_selection.models(), std::vector({ModelId{2}, ModelId{3}}));
        QTest::keyClick(view(), Qt::Key_Delete);
        QVERIFY(m_selection.isEmpty());
    }
    void anotherChartsSelectionTakesTheRangesBack()
    {
        drag("d", 0, 100);
        QVERIFY(narrow()->isEnabled());
        m_selection.select({ModelId{1}});
        QVERIFY(!narrow()->isEnabled());
        QCOMPARE(m_selection.models(), std::vector{ModelId{1}});
    }
};

QObject* makeParallelTest()
{
    return new ParallelTest;
}

#include "test_parallel.moc"
