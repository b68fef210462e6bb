// Looking at networks as a person does: one, two side by side, its layers.
#include "app/gui/bridge.h"
#include "app/gui/format.h"
#include "app/gui/models/layer_model.h"
#include "app/gui/panels/block_drawing.h"
#include "app/gui/panels/chart_view.h"
#include "app/gui/panels/layers_view.h"
#include "app/gui/panels/network_panel.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>

using namespace spacewright;

class NetworkPanelTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Bridge> m_bridge;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<NetworkPanel> m_panel;

    template <typename Widget>
    Widget* find(const char* name)
    {
        return m_panel->findChild<Widget*>(name);
    }
    void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    void openTab(const QString& name)
    {
        auto* tabs = find<QTabWidget>("networkTabs");
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i) == name)
                return tabs->setCurrentIndex(i);
        QFAIL(qPrintable("there is no tab " + name));
    }
    QString heading() { return find<QLabel>("networkHeading")->text(); }
    QString parameters() { return find<QLabel>("networkParameters")->text(); }
    Study study() { return {m_folder->filePath("small.study").toStdString(), Study::Access::readOnly}; }
    void lookAt(int model)
    {
        m_selection->setCurrent(ModelId{model});
        QTRY_VERIFY(heading().contains(QString("<b>#%1</b>").arg(model)));
    }

private Q_SLOTS:
    void init()
    {
        FakeEngine::reset();
        m_folder = std::make_unique<QTemporaryDir>();
        makeSmallStudy(m_folder->filePath("small.study"));
        m_bridge = std::make_unique<Bridge>(FakeEngine::start);
        m_selection = std::make_unique<Selection>();
        m_panel = std::make_unique<NetworkPanel>(*m_selection);
        m_panel->resize(420, 640);
        m_panel->show();
        connect(m_panel.get(), &NetworkPanel::detailsWanted, m_bridge.get(), &Bridge::askDetails);
        connect(m_bridge.get(), &Bridge::detailsReady, m_panel.get(), &NetworkPanel::setDetails);
        connect(m_bridge.get(), &Bridge::snapshotReady, m_panel.get(), &NetworkPanel::setSnapshot);
        connect(m_panel->layers(), &LayersView::timesWanted, m_bridge.get(), &Bridge::askLayerTimes);
        connect(m_bridge.get(), &Bridge::layerTimesReady, m_panel->layers(), &LayersView::showTimes);
        QSignalSpy opened(m_bridge.get(), &Bridge::snapshotReady);
        m_bridge->open(m_folder->filePath("small.study").toStdString());
        QTRY_COMPARE(opened.count(), 1);
    }
    void cleanup()
    {
        m_panel.reset();
        m_bridge.reset();
    }

    void saysWhatToDoWhileNothingIsLookedAt()
    {
        QVERIFY(heading().startsWith("Select a model"));
        QVERIFY(!find<QTabWidget>("networkTabs")->isVisible());
    }
    void showsANetworkWithItsStagesAndItsFit()
    {
        lookAt(3);
        const Model model = study().model(ModelId{3});
        for (const Stage& stage : model.sample.network.stages)
            QVERIFY(parameters().contains(QString(">%1<").arg(stage.width)));
        QVERIFY(parameters().contains("w<sub>m</sub>"));
        QVERIFY(find<BlockDrawing>("blocks")->accessibleDescription().startsWith("#3: d "));
        QVERIFY(find<QLabel>("networkWords")->text().startsWith("finished"));
    }
    void offersToTryAgainWhatHasNoErrorOfItsOwn()
    {
        Study worker(m_folder->filePath("small.study").toStdString(), Study::Access::readWrite);
        for (const ModelState state : {ModelState::failed, ModelState::diverged, ModelState::stopped}) {
            const ModelId id = worker.claimNext()->id;
            worker.finish(id, state, state == ModelState::failed ? std::nullopt : std::optional(90.0), "why", 1, 0);
            lookAt(static_cast<int>(id));
            QTRY_VERIFY(find<QPushButton>("retryModel")->isVisible());
        }
        lookAt(1);
        QTRY_VERIFY(!find<QPushButton>("retryModel")->isVisible());
    }
    void listsTheLayersWhoseCountsAreTheNetworks()
    {
        lookAt(3);
        openTab("Layers");
        auto* table = find<QTableView>("layers");
        const Model model = study().model(ModelId{3});
        QCOMPARE(table->model()->rowCount(), static_cast<int>(layerTable(model.sample.network).size()));
        QCOMPARE(table->model()->index(0, LayerModel::name).data().toString(), QString("stem.conv"));
        QCOMPARE(table->model()->index(0, LayerModel::kind).data().toString(), QString("3x3 conv + norm + relu"));
        QCOMPARE(table->model()->index(0, LayerModel::channels).data().toString(), QString("1 → 16"));
        qlonglong flops = 0;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            flops +=
                QLocale().toLongLong(table->model()->index(row, LayerModel::flops).data(Qt::ToolTipRole).toString());
        QCOMPARE(flops, static_cast<qlonglong>(model.sample.complexity.flops));
        QCOMPARE(table->model()->index(0, LayerModel::time).data().toString(), QString("-"));
        QVERIFY(find<QLabel>("layerWords")->text().contains("not measured yet"));
    }
    void measuresTheTimeOfTheLayersWhenAsked()
    {
        lookAt(3);
        openTab("Layers");
        click("measureTime");
        QVERIFY(!find<QPushButton>("measureTime")->isEnabled());
        QTRY_VERIFY(find<QLabel>("layerWords")->text().startsWith("Most of the time: "));
        auto* model = find<QTableView>("layers")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            QVERIFY(model->index(row, LayerModel::time).data().toString().endsWith(" %"));
        m_panel->refresh(); // as after a result that came in
        QTest::qWait(100);
        QVERIFY(model->index(0, LayerModel::time).data().toString().endsWith(" %"));
        lookAt(4);
        QCOMPARE(model->index(0, LayerModel::time).data().toString(), QString("-"));
    }
    void theLayerModelKeepsItsPromises()
    {
        LayerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::vector<LayerRow> rows = layerTable(study().model(ModelId{1}).sample.network);
        model.setRows(rows);
        model.setShares(std::vector<double>(rows.size(), 0.05));
        QCOMPARE(model.index(1, LayerModel::time).data().toString(), QString("5.0 %"));
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }
    void twoSelectedModelsAreHeldAgainstEachOther()
    {
        lookAt(1);
        m_selection->select({ModelId{1}, ModelId{2}});
        QTRY_VERIFY(heading().contains("<b>#1</b>") && heading().contains("<b>#2</b>"));
        const Model a = study().model(ModelId{1}), b = study().model(ModelId{2});
        QVERIFY(a.sample.complexity.flops != b.sample.complexity.flops);
        const double more = static_cast<double>(b.sample.complexity.flops - a.sample.complexity.flops);
        const QString difference = (more > 0 ? "<b>+" : "<b>-") + countText(std::abs(more));
        QVERIFY2(parameters().contains("<b>flops</b>") && parameters().contains(difference), qPrintable(parameters()));
        for (std::size_t i = 0; i < 4; ++i) { // of equal ones, no difference is marked
            const bool equal = a.sample.network.stages[i].width == b.sample.network.stages[i].width;
            QCOMPARE(parameters().contains(QString("<b>w%1</b>").arg(i + 1)), !equal);
        }
        const auto words = find<BlockDrawing>("blocks")->accessibleDescription();
        QVERIFY(words.contains("#1: d ") && words.contains("#2: d "));
        m_selection->clear();
        QTRY_VERIFY(!heading().contains("#2"));
    }
    void twoThatWereBrushedAreComparedUntilAThirdIsClicked()
    {
        lookAt(5);
        m_selection->select({ModelId{1}, ModelId{2}});
        QTRY_VERIFY(heading().contains("<b>#1</b>") && heading().contains("<b>#2</b>"));
        lookAt(6);
        QVERIFY(!heading().contains("#2"));
    }
    void showsHowTheTrainingWent()
    {
        Study writable(m_folder->filePath("small.study").toStdString(), Study::Access::readWrite);
        const ModelId running = writable.claimNext()->id;
        writable.recordEpoch(running, {1, 0.05, 2.25, 60, 50, 1});
        writable.recordEpoch(running, {2, 0.01, 1.5, 30, 41.5, 1});
        lookAt(1);
        openTab("Curve");
        QCOMPARE(find<QLabel>("learningWords")->text(), QString("No epoch is done yet."));
        lookAt(static_cast<int>(running));
        QVERIFY(find<QLabel>("learningWords")->text().startsWith("epoch 2: validation error 41.5 %"));
        const auto views = m_panel->findChildren<ChartView*>();
        QTRY_COMPARE(views[0]->panelChart().panel().series.size(), std::size_t{4}); // two lines and their points
        QTRY_COMPARE(views[1]->panelChart().panel().series.size(), std::size_t{2});
    }
};

QObject* makeNetworkPanelTest()
{
    return new NetworkPanelTest;
}

#include "test_network_panel.moc"
