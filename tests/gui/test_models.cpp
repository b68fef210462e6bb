// The table of models and the journal, under Qt's own checks, and the table as a person sorts it.
#include "app/gui/models/journal_model.h"
#include "app/gui/models/model_table_model.h"
#include "app/gui/panels/table_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>

using namespace spacewright;

namespace {

int columnNamed(const QAbstractItemModel& model, const QString& name)
{
    for (int column = 0; column < model.columnCount(); ++column)
        if (model.headerData(column, Qt::Horizontal).toString() == name)
            return column;
    return -1;
}

void clickHeader(QTableView* table, int column)
{
    const QHeaderView* header = table->horizontalHeader();
    const QPoint at(header->sectionViewportPosition(column) + 5, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, at);
}

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsOneRowPerNetwork()
    {
        const Selection selection;
        ModelTableModel model(selection);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15.2, 20}, 1)}));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(columnNamed(model, "w4") - columnNamed(model, "w1"), 3);
        QCOMPARE(model.index(0, columnNamed(model, "error %")).data().toString(), QString("15.2"));
        QCOMPARE(model.index(2, columnNamed(model, "error %")).data().toString(), QString());
        QCOMPARE(model.index(2, columnNamed(model, "state")).data().toString(), QString("waiting"));
        QCOMPARE(model.index(0, columnNamed(model, "space")).data().toString(), QString("AnyNetX_A"));
    }
    void keepsItsRowsWhileResultsArrive()
    {
        const Selection selection;
        ModelTableModel model(selection);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15}, 2)}));
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 18}, 1)}));
        QCOMPARE(changes.count(), 1);
        model.setSnapshot(
            snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 18}, 1), population(2, 1, "AnyNetX_B", 4, {14})}));
        QCOMPARE(inserts.count(), 1);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rowCount(), 4);
    }
    void journalIsATreeOfSpaces()
    {
        JournalModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20}, 1)}));
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        Population child = population(2, 1, "AnyNetX_B", 4, {14});
        child.space.added = {constraintFrom("shared b")};
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20}, 1), child}));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex root = model.index(0, 0);
        QCOMPARE(model.rowCount(root), 1);
        QCOMPARE(root.siblingAtColumn(JournalModel::countColumn).data().toString(), QString("2/3"));
        QCOMPARE(root.siblingAtColumn(JournalModel::meanColumn).data().toString(), QString("17.5"));
        const QModelIndex grown = model.index(0, JournalModel::whyColumn, root);
        QVERIFY(grown.data().toString().contains("shared bottleneck"));
        QCOMPARE(model.indexOf(SpaceId{2}), model.index(0, 0, root));
    }
    void aReusedModelCountsInTheJournalAndHasOneRow()
    {
        const Population parent = population(1, {}, "AnyNetX_A", 1, {15, 20}, 1);
        Population child = population(2, 1, "AnyNetX_B", 4, {14});
        const Model own = child.models[0];
        child.models = ModelList({parent.models[0], own});
        child.counts.finished = 2;
        child.counts.reused = 1;
        child.edf = edf({14, 15});
        const auto snapshot = snapshotWith({parent, child});
        QCOMPARE(snapshot->totals().total(), std::int64_t{4});
        JournalModel journal;
        journal.setSnapshot(snapshot);
        const QModelIndex row = journal.indexOf(SpaceId{2}).siblingAtColumn(JournalModel::countColumn);
        QCOMPARE(row.data().toString(), QString("2 (1)"));
        QVERIFY(row.data(Qt::ToolTipRole).toString().contains("its parent had trained"));
        const Selection selection;
        ModelTableModel table(selection);
        table.setSnapshot(snapshot);
        QCOMPARE(table.rowCount(), 4);
    }
    void anotherStudyReplacesTheJournal()
    {
        JournalModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSnapshot(
            snapshotWith({population(1, {}, "AnyNetX_A", 1, {15}), population(2, 1, "AnyNetX_B", 2, {14})}));
        model.setSnapshot(snapshotWith({population(7, {}, "AnyNetX_C", 1, {15})}));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), QString("AnyNetX_C"));
    }
    void tableSortsNumbersAsNumbers()
    {
        Selection selection;
        TablePanel panel(selection);
        panel.resize(1200, 400);
        panel.show();
        panel.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {100, 9.5, 20.2, 15}, 2)}));
        auto* table = panel.findChild<QTableView*>("models");
        const auto shown = [&] {
            QStringList errors;
            for (int row = 0; row < table->model()->rowCount(); ++row)
                errors << table->model()->index(row, 1).data().toString();
            return errors.join(' ').trimmed();
        };
        QCOMPARE(shown(), QString("9.5 15.0 20.2 100.0")); // best first, those without a result last
        clickHeader(table, 1);
        QVERIFY(shown().endsWith("100.0 20.2 15.0 9.5"));
        const int flops = columnNamed(*table->model(), "flops");
        clickHeader(table, flops);
        double before = -1;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const double value = table->model()->index(row, flops).data(ModelTableModel::sortRole).toDouble();
            QVERIFY(value >= before);
            before = value;
        }
    }
    void showsOnlyTheSelectedModelsIfSoChosen()
    {
        Selection selection;
        TablePanel panel(selection);
        panel.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 25})}));
        const auto* table = panel.findChild<QTableView*>("models");
        selection.select({ModelId{2}, ModelId{3}});
        QCOMPARE(table->model()->rowCount(), 3);
        panel.findChild<QCheckBox*>("onlySelected")->click();
        QCOMPARE(table->model()->rowCount(), 2);
        selection.select({ModelId{1}});
        QCOMPARE(table->model()->rowCount(), 1);
        panel.findChild<QCheckBox*>("onlySelected")->click();
        QCOMPARE(table->model()->rowCount(), 3);
    }
    void sortedRowsKeepTheirPlaceInTheModelsOrderWhenEqual()
    {
        Selection selection;
        ModelTableModel model(selection);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {20, 15, 20, 15})}));
        model.sort(1, Qt::AscendingOrder);
        const QPersistentModelIndex third = model.index(model.rowOf(ModelId{3}), 0);
        const auto ids = [&] {
            QStringList all;
            for (int row = 0; row < model.rowCount(); ++row)
                all << model.index(row, 0).data().toString();
            return all.join(' ');
        };
        QCOMPARE(ids(), QString("2 4 1 3"));
        model.sort(1, Qt::DescendingOrder);
        QCOMPARE(ids(), QString("1 3 2 4"));
        QCOMPARE(third.data().toString(), QString("3"));
        model.setFilter("15.0", false);
        QCOMPARE(ids(), QString("2 4"));
        QCOMPARE(model.rowOf(ModelId{1}), -1);
    }
    void selectionStaysOnItsModelWhenOrderChanges()
    {
        Selection selection;
        TablePanel panel(selection);
        panel.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20}, 1)}));
        auto* table = panel.findChild<QTableView*>("models");
        selection.setCurrent(ModelId{2});
        panel.setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 10})}));
        QCOMPARE(table->currentIndex().data(ModelTableModel::idRole).toLongLong(), 2);
        QCOMPARE(table->model()->index(0, 0).data().toString(), QString("3"));
    }
    void filterLeavesMatchingRowsAndCopyTakesThem()
    {
        Selection selection;
        TablePanel panel(selection);
        panel.setSnapshot(
            snapshotWith({population(1, {}, "AnyNetX_A", 1, {15}), population(2, 1, "AnyNetX_D", 2, {14})}));
        auto* table = panel.findChild<QTableView*>("models");
        QTest::keyClicks(panel.findChild<QLineEdit*>(), "netx_d");
        QCOMPARE(table->model()->rowCount(), 1);
        panel.copy();
        const QStringList lines = QApplication::clipboard()->text().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith("#\terror %\td"));
        QVERIFY(lines[1].startsWith("2\t14.0\t"));
    }
};

QObject* makeModelsTest()
{
    return new ModelsTest;
}

#include "test_models.moc"
