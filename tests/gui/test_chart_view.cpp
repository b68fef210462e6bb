// A chart under a person's hands: drags, clicks, wheel and keys.
#include "app/gui/panels/chart_view.h"
#include "app/gui/panels/edf_panel.h"
#include "core/figures/parts.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QMimeData>
#include <QWheelEvent>

using namespace spacewright;

class ChartViewTest : public QObject {
    Q_OBJECT
    Selection m_selection;
    std::vector<Population> m_spaces;
    std::unique_ptr<ChartView> m_view;

    PanelChart& chart() { return m_view->panelChart(); }
    QPoint place(int model) { return chart().points().positionOf(ModelId{model})->toPoint(); }
    QPoint corner() { return chart().plotArea().bottomRight().toPoint() - QPoint(3, 3); }

    void drag(Qt::MouseButton button, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mousePress(m_view->viewport(), button, modifiers, from);
        for (const QPoint& at : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, at, m_view->viewport()->mapToGlobal(at), Qt::NoButton, button,
                             modifiers);
            QApplication::sendEvent(m_view->viewport(), &move);
        }
        QTest::mouseRelease(m_view->viewport(), button, modifiers, to);
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key), modifiers);
    }

private Q_SLOTS:
    void init()
    {
        m_selection.clear();
        m_selection.setCurrent({});
        m_spaces = {population(1, {}, "AnyNetX_A", 1, {15, 20, 25, 30}), population(2, 1, "AnyNetX_D", 5, {14, 16})};
        auto* chart = new PanelChart(printTheme(), PanelChart::Detail::screen);
        m_view = std::make_unique<ChartView>(
            chart, [] {}, nullptr);
        m_view->setSelection(m_selection);
        chart->plot(scatterPanel(shown(m_spaces), {scatter(m_spaces[0], "flops"), scatter(m_spaces[1], "flops")},
                                 "flops", SpaceId{1}));
        m_view->resize(500, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void aDragSelectsWhatLiesInTheRectangle()
    {
        const QPoint at = place(2);
        drag(Qt::LeftButton, at - QPoint(20, 12), at + QPoint(20, 12));
        QVERIFY(m_selection.contains(ModelId{2}));
        QVERIFY(!m_selection.contains(ModelId{4})); // its error is 10 points higher
        drag(Qt::LeftButton, place(4) - QPoint(20, 12), place(4) + QPoint(20, 12), Qt::ControlModifier);
        QVERIFY(m_selection.contains(ModelId{2}) && m_selection.contains(ModelId{4}));
        drag(Qt::LeftButton, chart().plotArea().topLeft().toPoint(), chart().plotArea().bottomRight().toPoint());
        QCOMPARE(m_selection.models().size(), std::size_t{6}); // of both spaces
    }
    void theRestRecedes()
    {
        const auto colourAt = [this](int model) {
            QApplication::processEvents();
            return m_view->grab().toImage().pixelColor(place(model));
        };
        const QColor grey = themeOf(m_view->palette()).receding;
        const QColor first = spaceStyle(0, themeOf(m_view->palette())).colour;
        const QColor second = spaceStyle(1, themeOf(m_view->palette())).colour;
        QCOMPARE(colourAt(4), first);
        QCOMPARE(colourAt(5), grey); // the space that is not selected
        m_selection.select({ModelId{5}});
        QCOMPARE(colourAt(5), second);
        QCOMPARE(colourAt(4), grey);
        m_selection.clear();
        QCOMPARE(colourAt(4), first);
    }
    void clicksLookAtModelsAndTakeThemInOrOut()
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, place(3));
        QCOMPARE(m_selection.current(), std::optional(ModelId{3}));
        QVERIFY(m_selection.isEmpty());
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, place(3));
        QCOMPARE(m_selection.models(), std::vector{ModelId{3}});
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, place(3));
        QVERIFY(m_selection.isEmpty());
        m_selection.select({ModelId{1}});
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, corner());
        QVERIFY(m_selection.isEmpty());
    }
    void theWheelZoomsAndADoubleClickShowsAllAndKeepsTheSelection()
    {
        m_selection.select({ModelId{1}});
        QWheelEvent wheel(place(2), m_view->viewport()->mapToGlobal(place(2)), {}, {0, 240}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &wheel);
        QVERIFY(chart().isZoomed());
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, corner());
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, corner());
        QVERIFY(!chart().isZoomed());
        QCOMPARE(m_selection.models(), std::vector{ModelId{1}});
    }
    void theRightButtonZoomsIntoARectangleAndTheMiddleOneMoves()
    {
        const QRect part(chart().plotArea().toRect().topLeft() + QPoint(40, 30), QSize(120, 90));
        const Point wanted = chart().valueAt(part.topLeft());
        drag(Qt::RightButton, part.topLeft(), part.topLeft() + QPoint(120, 90));
        QVERIFY(chart().isZoomed());
        const Point shown = chart().valueAt(chart().plotArea().topLeft());
        QVERIFY(std::abs(shown.x / wanted.x - 1) < 1e-6 && std::abs(shown.y / wanted.y - 1) < 1e-6);
        for (const auto& [button, modifiers] : {std::pair(Qt::MiddleButton, Qt::KeyboardModifiers()),
                                                std::pair(Qt::LeftButton, Qt::KeyboardModifiers(Qt::ShiftModifier))}) {
            const double before = chart().valueAt(chart().plotArea().center()).x;
            drag(button, corner() - QPoint(60, 0), corner(), modifiers);
            QVERIFY(chart().valueAt(chart().plotArea().center()).x < before); // the paper goes along
        }
        QVERIFY(m_selection.isEmpty());
    }
    void everythingCanBeDoneByKeys()
    {
        press(Qt::Key_Plus);
        QVERIFY(chart().isZoomed());
        const double before = chart().valueAt(chart().plotArea().center()).x;
        press(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(chart().valueAt(chart().plotArea().center()).x > before);
        press(Qt::Key_Home);
        QVERIFY(!chart().isZoomed());

        press(Qt::Key_Left, {}, 100); // into the upper left corner
        press(Qt::Key_Up, {}, 100);
        press(Qt::Key_B);
        press(Qt::Key_Right, {}, 100);
        press(Qt::Key_Down, {}, 100);
        press(Qt::Key_Return);
        QCOMPARE(m_selection.models().size(), std::size_t{6});
        press(Qt::Key_Escape);
        QVERIFY(m_selection.isEmpty());
        press(Qt::Key_B);
        press(Qt::Key_Left, {}, 8);
        press(Qt::Key_Up, {}, 8);
        press(Qt::Key_Escape); // gives up the rectangle
        press(Qt::Key_Return);
        QVERIFY(m_selection.isEmpty());
        press(Qt::Key_B);
        press(Qt::Key_Left, {}, 8);
        press(Qt::Key_Up, {}, 8);
        press(Qt::Key_Z);
        QVERIFY(chart().isZoomed());
    }
    void theCrosshairReadsExactValues()
    {
        QMouseEvent move(QEvent::MouseMove, place(3), m_view->viewport()->mapToGlobal(place(3)), Qt::NoButton,
                         Qt::NoButton, {});
        const QImage before = m_view->grab().toImage();
        QApplication::sendEvent(m_view->viewport(), &move);
        QVERIFY(m_view->grab().toImage() != before);
        QVERIFY(chart().readout(place(3)).startsWith("#3: flops "));
        QVERIFY(chart().readout({-5, -5}).isEmpty());
    }
    void aClickInTheLegendHidesASpaceAndBringsItBack()
    {
        chart().plot(edfPanel(shown(m_spaces)));
        const QPoint first = (chart().key().pos() + QPointF(20, 12)).toPoint();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, first);
        QVERIFY(chart().isHidden(0) && chart().key().entries()[0].hidden);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, first);
        QVERIFY(!chart().isHidden(0));
    }
    void isCopiedAsPictureAndAsNumbers()
    {
        m_view->copy();
        const QMimeData* copied = QApplication::clipboard()->mimeData();
        QVERIFY(copied->hasImage());
        QVERIFY(qvariant_cast<QImage>(copied->imageData()).width() >= m_view->width());
        const QStringList lines = QString::fromUtf8(copied->data("text/tab-separated-values")).trimmed().split('\n');
        QCOMPARE(lines[0], QString("panel\tseries\tkind\tmodel\tflops (multiply-adds)\terror (%)\tupper"));
        QCOMPARE(lines.size(), 1 + 6);
        QCOMPARE(lines.last().split('\t')[3], QString("4"));
        QCOMPARE(lines.last().split('\t')[5], QString("30"));
    }
    void aDragInTheEdfSelectsARangeOfErrors()
    {
        EdfPanel panel(m_selection);
        panel.resize(600, 500);
        panel.show();
        panel.setSnapshot(snapshotWith(m_spaces));
        auto* view = panel.findChild<ChartView*>("edf");
        QTRY_COMPARE(view->panelChart().key().entries().size(), std::size_t{2});
        m_view.reset(view); // the drags go there
        const auto at = [&](double error) {
            const QRectF plot = chart().plotArea();
            const double low = chart().valueAt(plot.bottomLeft()).x, high = chart().valueAt(plot.topRight()).x;
            return QPointF(plot.left() + (error - low) / (high - low) * plot.width(), plot.center().y()).toPoint();
        };
        drag(Qt::LeftButton, at(14.5), at(20.5) + QPoint(0, 30));
        m_view.release();
        QTRY_COMPARE(view->panelChart().key().entries().size(), std::size_t{3});
        QCOMPARE(view->panelChart().key().entries()[2].text, QString("[15.0 | 17.0] selected, n 3"));
        QCOMPARE(m_selection.models(), std::vector({ModelId{1}, ModelId{2}, ModelId{6}})); // errors 15, 20, 16
    }
};

QObject* makeChartViewTest()
{
    return new ChartViewTest;
}

#include "test_chart_view.moc"
