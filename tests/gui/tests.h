// The classes of window tests.
#pragma once
#include <QtTest>

// A machine that trains or compiles at the same time is slow: five seconds are too few to call it a failure.
#undef QTRY_VERIFY
#undef QTRY_COMPARE
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 30000)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 30000)

QObject* makeFormatTest();
QObject* makeModelsTest();
QObject* makeSelectionTest();
QObject* makeChartsTest();
QObject* makeChartAxesTest();
QObject* makeChartViewTest();
QObject* makeParallelTest();
QObject* makeFigureTest();
QObject* makeSpacePanelTest();
QObject* makeJournalPanelTest();
QObject* makeAdvicePanelTest();
QObject* makeFiguresPanelTest();
QObject* makeBridgeTest();
QObject* makeWindowTest();
QObject* makeWindowJournalTest();
QObject* makeWindowFilesTest();
QObject* makeWindowRecoveryTest();
QObject* makeWindowDiskTest();
QObject* makeQueuePanelTest();
QObject* makeClusterPageTest();
QObject* makeDesktopTest();
QObject* makeNewStudyTest();
QObject* makeNetworkPanelTest();
QObject* makeNetworkEditorTest();
QObject* makeMistakesViewTest();
