// The recorded walk: one person's way through the real window with real training, every step kept as a picture.
//
// spacewright_walk FOLDER [--keys]        first start, default study, EDF, brush, narrow, child, verdict, export, then
//                                         all panels on a light and a dark desktop
// spacewright_walk FOLDER --study STUDY   only the panels, of a study that is there
//
// resources/pictures runs it. With --keys no mouse is used; what cannot be reached by keys ends the walk.
#include "app/gui/charts/panel_chart.h"
#include "app/gui/main_window.h"
#include "app/gui/panels/chart_view.h"
#include "app/gui/watchdog.h"
#include "gpu/engine.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>
#include <cstdio>

using namespace spacewright;

namespace {

/// What cannot go on.
struct Stuck {
    QString why;
};

/// With the 256 commonest of its colours: a third of the bytes, and no difference to see.
QImage indexed(const QImage& image)
{
    QHash<QRgb, int> count;
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < plain.height(); ++y)
        for (int x = 0; x < plain.width(); ++x)
            ++count[plain.pixel(x, y)];
    QList<QRgb> colours = count.keys();
    std::sort(colours.begin(), colours.end(), [&](QRgb a, QRgb b) { return count[a] > count[b]; });
    colours.resize(std::min<qsizetype>(colours.size(), 256));
    return plain.convertToFormat(QImage::Format_Indexed8, colours, Qt::ThresholdDither);
}

class Walk {
public:
    Walk(QString folder, bool byKeys) : m_folder(std::move(folder)), m_byKeys(byKeys), m_window(startEngine)
    {
        QDir().mkpath(m_folder);
        m_window.show();
    }

    void firstStart()
    {
        m_window.openLatest();
        rest();
        picture("first-start", "Three ways to begin.");
        if (m_byKeys)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // the first choice has the focus
        else
            click("startDefault");
        until([this] { return legend().size() == 2; }, "the default study opens");
        rest();
        picture("default-study", "48 networks wait.");
    }

    void train()
    {
        if (m_byKeys) {
            goTo("modelsDock");
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        } else {
            click("train");
        }
        until([this] { return finished() >= 12; }, "twelve networks are trained");
        picture("edf-fills", "Both EDFs grow; the line below says what they show.");
        m_window.findChild<QDockWidget*>("queueDock")->raise();
        rest(1500);
        picture("queue", "What trains, what waits, and what one may ask of the worker.");
        m_window.findChild<QDockWidget*>("modelsDock")->raise();
        until([this] { return done(); }, "the study is trained");
        rest();
        picture("trained", "All 48, and the verdict.");
    }

    void brushTheBest()
    {
        auto* chart = m_window.findChild<QDockWidget*>("firstParameterDock")->findChild<ChartView*>();
        const QRectF plot = chart->panelChart().plotArea();
        // The lower half: the models of less than about the median error.
        const QPoint from = QPoint(int(plot.left()) + 2, int(plot.center().y()));
        const QPoint to(int(plot.right()) - 2, int(plot.bottom()) - 2);
        if (m_byKeys) {
            goTo("firstParameterDock");
            moveTo(chart, from);
            QTest::keyClick(chart, Qt::Key_B);
            moveTo(chart, to);
            QTest::keyClick(chart, Qt::Key_Return);
        } else {
            drag(chart->viewport(), from, to);
        }
        until([this] { return m_window.findChild<QLabel*>("silhouetteWords")->text().contains("selected"); },
              "models are selected");
        rest();
        picture("brushed", "The better half, selected everywhere.");
    }

    void narrow()
    {
        auto* dock = m_window.findChild<QDockWidget*>("firstParameterDock");
        press(dock->findChild<QAbstractButton*>("narrow"));
        until([this] { return m_window.findChild<QAbstractButton*>("refine")->isEnabled(); },
              "the space can be refined");
        rest(1500);
        picture("narrowed", "The range as a constraint, with its price.");
        press(m_window.findChild<QAbstractButton*>("refine"));
        until([this] { return !legend().filter("AnyNetX_D'").isEmpty(); }, "the child is there");
        until([this] { return !legend().filter("AnyNetX_D', n 24").isEmpty(); }, "the child is trained");
        rest(1500);
        picture("child", "The child began with its parent's models; the verdict.");
    }

    void exportTheBest()
    {
        auto* table = m_window.findChild<QTableView*>("models"); // sorted by error
        if (m_byKeys) {
            goTo("modelsDock");
            QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier); // moves, but selects nothing
            QTest::keyClick(table, Qt::Key_Down);
            QTest::keyClick(table, Qt::Key_Up);
        } else {
            table->scrollToTop();
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                              table->visualRect(table->model()->index(0, 0)).center());
        }
        rest();
        QTest::keyClick(&m_window, Qt::Key_E, Qt::ControlModifier);
        QFileDialog* dialog = nullptr;
        until([&] { return (dialog = m_window.findChild<QFileDialog*>()) && dialog->isVisible(); },
              "the file dialog opens");
        dialog->setDirectory(m_results.path());
        auto* name = dialog->findChild<QLineEdit*>("fileNameEdit");
        name->setText(m_results.filePath("best.yaml"));
        rest();
        picture("export", "The best network leaves.", dialog);
        QTest::keyClick(name, Qt::Key_Return); // the list of completions
        if (dialog->isVisible())
            QTest::keyClick(name, Qt::Key_Return);
        until([this] { return QFileInfo::exists(m_results.filePath("best.yaml")); }, "the network is written");
        rest();
        picture("exported", "Written, and said so.");
    }

    void open(const QString& study)
    {
        m_window.openStudy(study);
        until([this] { return !legend().isEmpty(); }, "the study opens");
    }

    /// Each picture has other panels in front.
    void panels(const QString& desktop)
    {
        const QList<QStringList> sets{{"edfDock", "modelsDock"}, {"figuresDock", "adviceDock"}, {"parallelDock"}};
        auto* figure = m_window.findChild<QComboBox*>("figure");
        figure->setCurrentText("difference");
        for (qsizetype i = 0; i < sets.size(); ++i) {
            for (const QString& dock : sets[i])
                m_window.findChild<QDockWidget*>(dock)->raise();
            rest(2500);
            picture(desktop + (i == 0 ? "" : i == 1 ? "-figures" : "-parallel"), sets[i].join(", "));
        }
    }

private:
    static std::unique_ptr<Engine> startEngine(const EngineOptions& options, std::function<void(const Event&)> onEvent)
    {
        return training().start(options, std::move(onEvent));
    }
    void until(const std::function<bool()>& condition, const char* what, int seconds = 900)
    {
        if (!QTest::qWaitFor(condition, seconds * 1000))
            throw Stuck{QStringLiteral("It never happened that %1.").arg(what)};
    }
    void rest(int ms = 600) { QTest::qWait(ms); }
    QStringList legend()
    {
        QStringList texts;
        auto* chart = m_window.findChild<ChartView*>("edf");
        for (const LegendEntry& entry : chart->panelChart().key().entries())
            texts << entry.text;
        return texts;
    }
    /// "12 finished, 1 diverged, 0 failed"
    int count(const char* state)
    {
        const QRegularExpression number(QStringLiteral("(\\d+) %1").arg(state));
        return number.match(m_window.findChild<QLabel*>("counts")->text()).captured(1).toInt();
    }
    int finished() { return count("finished") + count("diverged"); }
    bool done() { return m_window.findChild<QLabel*>("trainingState")->text() == "done"; }
    void click(const char* name) { QTest::mouseClick(m_window.findChild<QWidget*>(name), Qt::LeftButton); }
    void drag(QWidget* where, QPoint from, QPoint to)
    {
        QTest::mousePress(where, Qt::LeftButton, {}, from);
        for (const QPoint& at : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, at, where->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(where, &move);
        }
        QTest::mouseRelease(where, Qt::LeftButton, {}, to);
    }
    /// A button by a click, or by Tab up to it, the shorter way round, and the space bar.
    void press(QAbstractButton* button)
    {
        if (!m_byKeys)
            return QTest::mouseClick(button, Qt::LeftButton);
        QWidget* const from = QApplication::focusWidget();
        for (const Qt::Key key : {Qt::Key_Backtab, Qt::Key_Tab}) {
            from->setFocus();
            for (int presses = 1; presses <= 40; ++presses) {
                QTest::keyClick(QApplication::focusWidget(), key);
                if (QApplication::focusWidget() != button)
                    continue;
                std::printf("%s: %d %s\n", qPrintable(button->text()), presses,
                            key == Qt::Key_Tab ? "Tab" : "Shift+Tab");
                return QTest::keyClick(button, Qt::Key_Space);
            }
        }
        throw Stuck{button->text() + " cannot be reached by keys."};
    }
    void goTo(const char* dock)
    {
        for (int presses = 0; presses < 20; ++presses) {
            QTest::keyClick(&m_window, Qt::Key_F6);
            if (m_window.findChild<QDockWidget*>(dock)->isAncestorOf(QApplication::focusWidget()))
                return;
        }
        throw Stuck{QStringLiteral("%1 cannot be reached by F6.").arg(dock)};
    }
    /// The crosshair by arrow keys, from wherever it is.
    void moveTo(ChartView* chart, QPoint to)
    {
        constexpr int step = 6;
        for (int i = 0; i < 300; ++i)
            QTest::keyClick(chart, to.x() > chart->panelChart().plotArea().center().x() ? Qt::Key_Right : Qt::Key_Left);
        const QRectF plot = chart->panelChart().plotArea();
        for (int i = 0; i < plot.height() / step + 1; ++i)
            QTest::keyClick(chart, Qt::Key_Up);
        for (int i = 0; i < (to.y() - plot.top()) / step; ++i)
            QTest::keyClick(chart, Qt::Key_Down);
    }
    void picture(const QString& name, const char* what, QWidget* dialog = nullptr)
    {
        picture(name, QString::fromLatin1(what), dialog);
    }
    void picture(const QString& name, const QString& what, QWidget* dialog = nullptr)
    {
        QImage image = m_window.grab().toImage();
        if (dialog) {
            const QImage above = dialog->grab().toImage();
            QPainter(&image).drawImage((image.width() - above.width()) / 2, (image.height() - above.height()) / 3,
                                       above);
        }
        const QString file = QStringLiteral("%1-%2.png").arg(++m_pictures).arg(name);
        if (!indexed(image).save(QDir(m_folder).filePath(file)))
            throw Stuck{file + " could not be written."};
        std::printf("%s: %s\n", qPrintable(file), qPrintable(what));
        std::fflush(stdout);
    }

    QString m_folder;
    bool m_byKeys;
    QTemporaryDir m_results;
    int m_pictures = 0;
    MainWindow m_window;
};

void useDarkPalette()
{
    QPalette dark(QColor(0x35, 0x35, 0x35));
    dark.setColor(QPalette::Base, QColor(0x23, 0x23, 0x23));
    dark.setColor(QPalette::AlternateBase, QColor(0x2b, 0x2b, 0x2b));
    dark.setColor(QPalette::Highlight, QColor(0x2a, 0x6f, 0xb8));
    dark.setColor(QPalette::Link, QColor(0x7a, 0xb8, 0xff));
    QApplication::setPalette(dark);
}

} // namespace

int main(int argc, char* argv[])
{
    const QTemporaryDir home; // a first start each time
    qputenv("XDG_DATA_HOME", home.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
    WatchedApplication application(argc, argv);
    QApplication::setApplicationName("spacewright");
    QApplication::setApplicationDisplayName("Spacewright");
    QCommandLineParser parser;
    const QCommandLineOption keys("keys", "Use no mouse."), study("study", "Only the panels of STUDY.", "STUDY");
    parser.addOptions({keys, study});
    parser.addPositionalArgument("FOLDER", "Where the pictures go.");
    parser.addHelpOption();
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    try {
        Walk walk(parser.positionalArguments().first(), parser.isSet(keys));
        if (parser.isSet(study)) {
            walk.open(parser.value(study));
        } else {
            walk.firstStart();
            walk.train();
            walk.brushTheBest();
            walk.narrow();
            walk.exportTheBest();
        }
        walk.panels("light");
        useDarkPalette();
        walk.panels("dark");
    } catch (const Stuck& stuck) {
        std::fprintf(stderr, "%s\n", qPrintable(stuck.why));
        return 1;
    }
    return 0;
}
