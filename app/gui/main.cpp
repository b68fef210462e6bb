// The program with the window: spacewright [STUDY] [--train]
#include "app/gui/bench_charts.h"
#include "app/gui/end_signals.h"
#include "app/gui/main_window.h"
#include "gpu/engine.h"
#include "gpu/isolated/helper.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <malloc.h>

int main(int argc, char* argv[])
{
    using namespace spacewright;
    if (const std::optional<int> code = helperMain(argc, argv))
        return *code;
    mallopt(M_MMAP_THRESHOLD, 1 << 20); // the arrays of a snapshot that is no longer shown go back to the system
    WatchedApplication application(argc, argv);
    QApplication::setApplicationName("spacewright");
    QApplication::setOrganizationDomain("spacewright"); // settings only: an organisation's name would move the data too
    QApplication::setApplicationDisplayName("Spacewright");
    QApplication::setApplicationVersion(SPACEWRIGHT_VERSION);
    QApplication::setDesktopFileName("spacewright");
    QApplication::setWindowIcon(QIcon(":/spacewright.svg"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        "The design-space explorer: constrain a space of networks, watch populations train.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        "STUDY", "The study file; without it the study of the last time, or with --train the default study.",
        "[STUDY]");
    const QCommandLineOption train("train", "Start training at once.");
    parser.addOption(train);
    const QCommandLineOption bench("bench-charts",
                                   "Measure the window with STUDY, print JSON and end; results are made "
                                   "up and kept in STUDY. \"spacewright-cli bench charts\" does it.");
    parser.addOption(bench);
    parser.process(application);
    if (parser.isSet(bench)) {
        if (parser.positionalArguments().isEmpty())
            parser.showHelp(2);
        return benchCharts(application, parser.positionalArguments().first());
    }

    MainWindow window(startEngine);
    const EndSignals endSignals;
    QObject::connect(&endSignals, &EndSignals::came, &window, &QWidget::close);
    QObject::connect(&window, &MainWindow::finished, &application, [] { QApplication::exit(0); });
    QObject::connect(&window, &MainWindow::firstPainted, &window, [&] {
        if (!parser.positionalArguments().isEmpty())
            window.openStudy(QFileInfo(parser.positionalArguments().first()).absoluteFilePath());
        else if (parser.isSet(train))
            window.openDefaultStudy();
        else
            window.openLatest();
        if (parser.isSet(train))
            window.startTraining();
    });
    window.show();
    return QApplication::exec();
}
