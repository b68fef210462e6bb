// The selection: what is selected in one place is selected in all.
#include "app/gui/panels/silhouette_strip.h"
#include "app/gui/panels/silhouettes.h"
#include "app/gui/panels/table_panel.h"
#include "core/exchange/pycls_yaml.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QUrl>

using namespace spacewright;

namespace {

const std::vector<ModelId> firstTwo{ModelId{1}, ModelId{2}};

void clickRow(QTableView* table, int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::mouseClick(table->viewport(), Qt::LeftButton, modifiers,
                      table->visualRect(table->model()->index(row, 0)).center());
}

} // namespace

class SelectionTest : public QObject {
    Q_OBJECT
    Selection m_selection;

    /// Errors 15, 20, 25 of models 1, 2, 3 and 14, 30 of models 4, 5.
    static std::shared_ptr<const Snapshot> fiveModels()
    {
        return snapshotWith(
            {population(1, {}, "AnyNetX_A", 1, {15, 20, 25}), population(2, 1, "AnyNetX_D", 4, {14, 30})});
    }

private Q_SLOTS:
    void init()
    {
        m_selection.clear();
        m_selection.setCurrent({});
    }

    void isASetThatSaysWhenItChanges()
    {
        const QSignalSpy changed(&m_selection, &Selection::changed);
        QVERIFY(!m_selection.recedes(ModelId{7})); // nothing is selected, so nothing recedes
        m_selection.select({ModelId{2}, ModelId{1}, ModelId{2}});
        QCOMPARE(m_selection.models(), firstTwo);
        m_selection.select(firstTwo);
        QCOMPARE(changed.count(), 1);
        m_selection.toggle(ModelId{7});
        QVERIFY(m_selection.contains(ModelId{7}));
        m_selection.toggle(ModelId{7});
        QCOMPARE(m_selection.models(), firstTwo);
        QVERIFY(m_selection.recedes(ModelId{7}));
        m_selection.add({ModelId{5}, ModelId{1}});
        QCOMPARE(m_selection.models().size(), std::size_t{3});
        QVERIFY(!m_selection.contains(ModelId{1'000'000}));
        QCOMPARE(changed.count(), 4);
    }
    void rowsMarkedInTheTableAreTheSelection()
    {
        TablePanel panel(m_selection);
        panel.resize(900, 400);
        panel.setSnapshot(fiveModels());
        panel.show();
        auto* table = panel.findChild<QTableView*>("models");
        QCOMPARE(m_selection.current(), std::optional(ModelId{4})); // the best
        clickRow(table, 1);
        QVERIFY(m_selection.isEmpty()); // one row is looked at, not selected
        QCOMPARE(m_selection.current(), std::optional(ModelId{1}));
        clickRow(table, 2, Qt::ShiftModifier);
        QCOMPARE(m_selection.models(), firstTwo);
        clickRow(table, 4, Qt::ControlModifier);
        QCOMPARE(m_selection.models(), std::vector({ModelId{1}, ModelId{2}, ModelId{5}}));
        clickRow(table, 0);
        QVERIFY(m_selection.isEmpty());
    }
    void aSelectionMadeElsewhereTintsItsRowsAndStaysWhenARowIsClicked()
    {
        TablePanel panel(m_selection);
        panel.resize(900, 400);
        panel.setSnapshot(fiveModels());
        panel.show();
        auto* table = panel.findChild<QTableView*>("models");
        QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_selection.models().size(), std::size_t{5});
        m_selection.select(firstTwo);
        QCOMPARE(table->selectionModel()->selectedRows().size(), 0);
        const auto isTinted = [&](int row) { return table->model()->index(row, 0).data(Qt::BackgroundRole).isValid(); };
        const auto recedes = [&](int row) { return table->model()->index(row, 0).data(Qt::ForegroundRole).isValid(); };
        QVERIFY(!isTinted(0) && isTinted(1) && isTinted(2) && !isTinted(3));
        QVERIFY(recedes(0) && !recedes(1) && !recedes(2) && recedes(3));
        clickRow(table, 3);
        QCOMPARE(m_selection.models(), firstTwo);
        QCOMPARE(m_selection.current(), std::optional(ModelId{3}));
        panel.copy();
        QCOMPARE(QApplication::clipboard()->text().split('\n').size(), 3); // a header and the selection
    }
    void theTableFollowsTheModelThatIsLookedAt()
    {
        TablePanel panel(m_selection);
        panel.setSnapshot(fiveModels());
        m_selection.setCurrent(ModelId{3});
        const auto* table = panel.findChild<QTableView*>("models");
        QCOMPARE(table->currentIndex().data(ModelTableModel::idRole).toLongLong(), 3);
    }
    void actionsAreForWhatWasPointedAtLast()
    {
        Selection selection;
        selection.setCurrent(ModelId{3});
        QCOMPARE(selection.chosen(), std::vector{ModelId{3}});
        selection.select(firstTwo); // by a brush
        QCOMPARE(selection.chosen(), firstTwo);
        selection.setCurrent(ModelId{2}); // by a click
        QCOMPARE(selection.chosen(), std::vector{ModelId{2}});
        selection.select(firstTwo);
        QCOMPARE(selection.chosen(), firstTwo);
        selection.clear();
        QCOMPARE(selection.chosen(), std::vector{ModelId{2}});
    }
    void actionsAreForAllRowsThatAreMarkedInTheTable()
    {
        Selection selection;
        TablePanel panel(selection);
        panel.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30})}));
        panel.resize(600, 300);
        panel.show();
        auto* table = panel.findChild<QTableView*>("models");
        clickRow(table, 0);
        clickRow(table, 2, Qt::ShiftModifier);
        QCOMPARE(selection.chosen().size(), std::size_t{3});
        clickRow(table, 1);
        QCOMPARE(selection.chosen().size(), std::size_t{1});
    }
    void aSilhouetteIsDraggedOutAsAFileThatReadsBack()
    {
        const Sample sample = population(1, {}, "AnyNetX_A", 1, {15}).models[0].sample;
        const QTemporaryDir folder;
        const std::unique_ptr<QMimeData> data = draggedNetwork(sample, folder.path());
        QCOMPARE(data->urls().size(), 1);
        QFile file(data->urls().first().toLocalFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(sampleFromPyclsYaml(file.readAll().toStdString()).network.stages, sample.network.stages);
    }
    void silhouettesAreTheSelectionOrTheBestAndCanBeClicked()
    {
        SilhouetteStrip strip(m_selection);
        strip.resize(1200, 110);
        strip.setSnapshot(fiveModels());
        strip.show();
        auto* drawing = strip.findChild<Silhouettes*>("silhouettes");
        const auto* words = strip.findChild<QLabel*>("silhouetteWords");
        QCOMPARE(drawing->samples().size(), std::size_t{5});
        QCOMPARE(words->text(), QString("the best networks"));
        m_selection.select({ModelId{3}, ModelId{5}, ModelId{1}});
        QTRY_COMPARE(drawing->samples().size(), std::size_t{3});
        QCOMPARE(words->text(), QString("the best of 3 selected"));
        const auto click = [&](int cell, Qt::KeyboardModifiers modifiers) {
            QTest::mouseClick(drawing, Qt::LeftButton, modifiers,
                              QPoint(drawing->width() * (2 * cell + 1) / 24, drawing->height() / 2));
        };
        click(1, Qt::NoModifier); // in order of error: 1, 3, 5
        QCOMPARE(m_selection.current(), std::optional(ModelId{3}));
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(m_selection.current(), std::optional(ModelId{5}));
        QTest::keyClick(&strip, Qt::Key_Right); // the last
        QCOMPARE(m_selection.current(), std::optional(ModelId{5}));
        click(0, Qt::ControlModifier);
        QCOMPARE(m_selection.models(), std::vector({ModelId{3}, ModelId{5}}));
        click(11, Qt::NoModifier); // an empty place
        QCOMPARE(m_selection.models().size(), std::size_t{2});
    }
};

QObject* makeSelectionTest()
{
    return new SelectionTest;
}

#include "test_selection.moc"
