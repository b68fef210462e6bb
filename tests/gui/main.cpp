// Runs one class of window tests by name, or all: test_gui [NAME [Qt Test's options]].
#include "app/gui/watchdog.h"
#include "tests/gui/tests.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

int main(int argc, char* argv[])
{
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir settings; // no test reads or writes the person's own
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // nor disturbs anybody's desktop
    qputenv("XDG_RUNTIME_DIR", settings.path().toLocal8Bit());
    QApplication::setOrganizationName("spacewright-tests");
    QApplication::setApplicationName("spacewright-tests");
    spacewright::WatchedApplication application(argc, argv);
    qunsetenv("LOCPATH"); // it is known now; glibc's newlocale, which libraries call, leaks it
    const std::map<QString, QObject* (*)()> tests{
        {"format", makeFormatTest},
        {"models", makeModelsTest},
        {"selection", makeSelectionTest},
        {"charts", makeChartsTest},
        {"chart_axes", makeChartAxesTest},
        {"chart_view", makeChartViewTest},
        {"parallel", makeParallelTest},
        {"figure", makeFigureTest},
        {"space_panel", makeSpacePanelTest},
        {"bridge", makeBridgeTest},
        {"journal_panel", makeJournalPanelTest},
        {"advice_panel", makeAdvicePanelTest},
        {"figures_panel", makeFiguresPanelTest},
        {"queue_panel", makeQueuePanelTest},
        {"cluster_page", makeClusterPageTest},
        {"network_panel", makeNetworkPanelTest},
        {"network_editor", makeNetworkEditorTest},
        {"mistakes_view", makeMistakesViewTest},
        {"desktop", makeDesktopTest},
        {"new_study", makeNewStudyTest},
        {"window", makeWindowTest},
        {"window_journal", makeWindowJournalTest},
        {"window_files", makeWindowFilesTest},
        {"window_recovery", makeWindowRecoveryTest},
        {"window_disk", makeWindowDiskTest},
    };
    QStringList arguments = QApplication::arguments();
    const QString only = arguments.size() > 1 && tests.contains(arguments[1]) ? arguments.takeAt(1) : QString();
    int failed = 0;
    for (const auto& [name, make] : tests)
        if (only.isEmpty() || only == name) {
            const std::unique_ptr<QObject> test(make());
            failed += QTest::qExec(test.get(), arguments);
        }
    return failed == 0 ? 0 : 1;
}
