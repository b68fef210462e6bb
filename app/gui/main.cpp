// The program with the window: spacewright [STUDY] [--train]
#include "app/gui/main_window.h"
#include "gpu/engine.h"

#include <QApplication>
#include <QCommandLineParser>

int main(int argc, char* argv[])
{
    using namespace spacewright;
    QApplication application(argc, argv);
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
    parser.addPositionalArgument("STUDY", "The study file; the default study without it.", "[STUDY]");
    const QCommandLineOption train("train", "Start training at once.");
    parser.addOption(train);
    parser.process(application);

    MainWindow window([](const EngineOptions& options, std::function<void(const Event&)> onEvent) {
        return training().start(options, std::move(onEvent));
    });
    QObject::connect(&window, &MainWindow::finished, &application, [] { QApplication::exit(0); });
    QObject::connect(&window, &MainWindow::firstPainted, &window, [&] {
        if (parser.positionalArguments().isEmpty())
            window.openDefaultStudy();
        else
            window.openStudy(parser.positionalArguments().first());
        if (parser.isSet(train))
            window.startTraining();
    });
    window.show();
    return QApplication::exec();
}
