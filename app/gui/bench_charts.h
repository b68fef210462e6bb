// Measures the window with a study: what a person waits for, and what the window's thread does meanwhile.
#pragma once
#include "app/gui/watchdog.h"

namespace spacewright {

/// Opens a window, does what a person does and prints [{name, value, unit}] on the standard output. The study is
/// changed: its waiting models get results. Returns the exit code.
int benchCharts(WatchedApplication&, const QString& study);

} // namespace spacewright
