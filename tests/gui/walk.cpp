// The recorded walk: one person's way through the real window with real training, every step kept as a picture.
//
// spacewright_walk FOLDER [--keys]        first start, default study, EDF, brush, narrow, child, verdict, export, then
//                                         all panels on a light and a dark desktop
// spacewright_walk FOLDER --study STUDY   only the panels, of a study that is there
//
// resources/pictures runs it. With --keys no mouse is used; what cannot be reached by keys ends the walk.
#include "app/gui/watchdog.h"
#include "tests/gui/hands.h"

#include <QCommandLineParser>
#include <QFileDialog>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>

using namespace spacewright;

namespace {

class Walk : public Hands {
public:
    using Hands::Hands;

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

    /// The network's panel by itself, every page of it.
    void network()
    {
        auto* dock = m_window.findChild<QDockWidget*>("networkDock");
        dock->setFloating(true);
        dock->resize(560, 620);
        auto* pages = dock->findChild<QTabWidget*>();
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            rest(1000);
            if (auto* measure = dock->findChild<QAbstractButton*>("measureTime"); measure && measure->isVisible())
                QTest::mouseClick(measure, Qt::LeftButton);
            rest(3000); // errors are computed, layers are timed
            picture("network-" + pages->tabText(page).remove('&').toLower(), "The network: " + pages->tabText(page),
                    dock);
        }
        dock->setFloating(false);
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
    QTemporaryDir m_results;
};

void useDarkPalette()
{
    QPalette dark(QColor(0x35, 0x35, 0x35));
    dark.setColor(QPalette::Base, QColor(0x23, 0x23, 0x23));
    dark.setColor(QPalette::AlternateBase, QColor(0x2b, 0x2b, 0x2b));
    dark.setColor(QPalette::Highlight, QColor(0x2a, 0x6f, 0xb8));
    dark.setColor(QPalette::Link, QColor(0x7a, 0xb8, 0xff));
    dark.setColor(QPalette::ToolTipBase, QColor(0x4a, 0x4a, 0x3c));
    dark.setColor(QPalette::ToolTipText, Qt::white);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        dark.setColor(QPalette::Disabled, role, QColor(0x8c, 0x8c, 0x8c));
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
        walk.network();
        walk.panels("light");
        useDarkPalette();
        walk.panels("dark");
    } catch (const Stuck& stuck) {
        std::fprintf(stderr, "%s\n", qPrintable(stuck.why));
        return 1;
    }
    return 0;
}
