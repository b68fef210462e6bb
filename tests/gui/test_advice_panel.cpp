// Advice in the window: what is shown, and how it reaches the space panel.
#include "app/gui/panels/advice_panel.h"

#include "app/gui/history.h"
#include "app/gui/panels/space_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <numeric>

using namespace spacewright;

class AdvicePanelTest : public QObject {
    Q_OBJECT
    std::unique_ptr<AdvicePanel> m_panel;
    int m_asked = 0;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_panel->findChild<Widget*>(name);
    }
    QString cell(int row, int column)
    {
        return find<QTableView>("advice")->model()->index(row, column).data().toString();
    }
    /// Narrow fourth stages are made far better than wide ones.
    static std::shared_ptr<const Snapshot> narrowIsBetter()
    {
        std::vector<double> errors(60);
        std::iota(errors.begin(), errors.end(), 20.0);
        Population all = population(1, {}, "AnyNetX_A", 1, errors);
        std::vector<double> ordered;
        for (Model& model : all.counted) {
            model.error = 10 + *parameterValue(model.sample, "w4") / 20 + static_cast<double>(model.id) / 1000;
            ordered.push_back(*model.error);
        }
        all.edf = edf(ordered);
        return snapshotWith({all});
    }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<AdvicePanel>();
        m_asked = 0;
        connect(m_panel.get(), &AdvicePanel::adviceWanted, m_panel.get(),
                [this](const std::shared_ptr<const Snapshot>& snapshot) {
                    ++m_asked;
                    m_panel->showAdvice(adviceFor(*snapshot));
                });
        new QAbstractItemModelTester(find<QTableView>("advice")->model(), m_panel.get());
    }
    void isAskedForOnlyWhenItIsSeen()
    {
        const auto snapshot = narrowIsBetter();
        m_panel->setSnapshot(snapshot);
        QCOMPARE(m_asked, 0);
        m_panel->show();
        QCOMPARE(m_asked, 1);
        m_panel->setSnapshot(snapshot);
        m_panel->hide();
        m_panel->show();
        QCOMPARE(m_asked, 1);
    }
    void saysWhatNarrowsASpaceForTheBetter()
    {
        m_panel->setSnapshot(narrowIsBetter());
        m_panel->show();
        QVERIFY2(find<QLabel>("recommendation")->text().contains("w4=:"),
                 qPrintable(find<QLabel>("recommendation")->text()));
        const int columns = find<QTableView>("advice")->model()->columnCount();
        bool found = false;
        for (int row = 0; row < find<QTableView>("advice")->model()->rowCount(); ++row)
            if (cell(row, 0).startsWith("w4 <="))
                found = cell(row, columns - 1) == "better" && cell(row, 5).startsWith('-');
        QVERIFY(found);
    }
    void saysWhenNothingIsTrained()
    {
        m_panel->setSnapshot(snapshotWith({population(1, {}, "AnyNetX_A", 1, {}, 5)}));
        m_panel->show();
        QVERIFY(find<QLabel>("recommendation")->text().contains("Train some first"));
        QCOMPARE(find<QTableView>("advice")->model()->rowCount(), 0);
        QVERIFY(!find<QPushButton>("useAdvice")->isEnabled());
    }
    void theChosenConstraintIsSwitchedOnInTheSpacePanel()
    {
        const auto snapshot = narrowIsBetter();
        History history;
        SpacePanel space(&history);
        space.setSnapshot(snapshot);
        connect(m_panel.get(), &AdvicePanel::constraintChosen, &space, &SpacePanel::suggest);
        m_panel->setSnapshot(snapshot);
        m_panel->show();
        QCOMPARE(space.added(), std::vector<Constraint>());
        auto* table = find<QTableView>("advice");
        std::vector<Constraint> chosen;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            if (cell(row, 0).startsWith("w4 <=") || cell(row, 0).startsWith("shared bottleneck")) {
                table->selectRow(row);
                chosen.push_back(static_cast<AdviceModel*>(table->model())->adviceAt(row).constraint);
                QTest::mouseClick(find<QPushButton>("useAdvice"), Qt::LeftButton);
            }
        QCOMPARE(chosen.size(), std::size_t(2));
        for (const Constraint& constraint : chosen) {
            const auto added = space.added();
            QVERIFY(std::find(added.begin(), added.end(), constraint) != added.end());
        }
        // A range is in its fields, emptied again by hand.
        QVERIFY(std::any_of(chosen.begin(), chosen.end(), [](const Constraint& c) { return c.parameter == "w4"; }));
        auto* field = space.findChild<QLineEdit*>("w4_high");
        QVERIFY(!field->text().isEmpty());
        field->clear();
        QCOMPARE(space.added().size(), std::size_t(1));
    }
};

QObject* makeAdvicePanelTest()
{
    return new AdvicePanelTest;
}

#include "test_advice_panel.moc"
