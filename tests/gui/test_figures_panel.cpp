// The paper's figures in the window.
#include "app/gui/charts/panel_chart.h"
#include "app/gui/panels/chart_view.h"
#include "app/gui/panels/figures_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QComboBox>
#include <QLabel>

using namespace spacewright;

class FiguresPanelTest : public QObject {
    Q_OBJECT
    Selection m_selection;
    std::unique_ptr<FiguresPanel> m_panel;
    int m_asked = 0;

    void choose(const QString& name)
    {
        auto* choice = m_panel->findChild<QComboBox*>("figure");
        choice->setCurrentIndex(choice->findText(name));
    }
    int shownCharts()
    {
        int count = 0;
        for (const ChartView* view : m_panel->findChildren<ChartView*>())
            count += view->isVisible();
        return count;
    }
    QString words() { return m_panel->findChild<QLabel*>("figureWords")->text(); }
    static std::shared_ptr<const Snapshot> twoSpaces()
    {
        return snapshotWith({population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30, 22, 28}),
                             population(2, 1, "AnyNetX_D", 11, {14, 16, 18, 20, 19, 17})});
    }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<FiguresPanel>(m_selection);
        m_panel->resize(700, 500);
        m_asked = 0;
        connect(m_panel.get(), &FiguresPanel::figureWanted, m_panel.get(),
                [this](const std::shared_ptr<const Snapshot>& snapshot, const QString& name) {
                    ++m_asked;
                    m_panel->showFigure(figureFor(*snapshot, name.toStdString()));
                });
    }
    void offersEveryFigure()
    {
        QStringList names;
        for (int i = 0; i < m_panel->findChild<QComboBox*>("figure")->count(); ++i)
            names << m_panel->findChild<QComboBox*>("figure")->itemText(i);
        QCOMPARE(names.size(), static_cast<qsizetype>(figureNames().size()));
        QVERIFY(names.contains("linear-fit"));
    }
    void drawsThePanelsOfTheChosenFigure()
    {
        m_panel->setSnapshot(twoSpaces());
        QCOMPARE(m_asked, 0); // nobody looks yet
        m_panel->show();
        QTRY_COMPARE(shownCharts(), 1);
        auto* chart = static_cast<PanelChart*>(m_panel->findChild<ChartView*>()->chart());
        QTRY_COMPARE(chart->key().entries().size(), std::size_t(2));
        choose("complexity");
        QTRY_VERIFY(shownCharts() > 1);
        choose("edf");
        QTRY_COMPARE(shownCharts(), 1);
        QTRY_COMPARE(chart->key().entries().size(), std::size_t(2));
        QCOMPARE(m_asked, 3);
    }
    void saysWhichSpacesAreMissing()
    {
        m_panel->setSnapshot(twoSpaces());
        m_panel->show();
        choose("regnet");
        QTRY_COMPARE(shownCharts(), 0);
        QVERIFY2(words().contains("RegNetX"), qPrintable(words()));
        choose("edf");
        QTRY_COMPARE(shownCharts(), 1);
    }
};

QObject* makeFiguresPanelTest()
{
    return new FiguresPanelTest;
}

#include "test_figures_panel.moc"
