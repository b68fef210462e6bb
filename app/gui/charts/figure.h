// The paper's figures as files: what the window exports and the terminal program plots. No Qt in this header.
#pragma once
#include "core/figures/figures.h"
#include <filesystem>

namespace spacewright {

/// 0 is as usual: 640 x 420 points (1/96 inch) for one panel, a grid 800 wide for several, the desktop's font.
struct RenderOptions {
    int width = 0, height = 0; ///< points
    double fontPoints = 0;     ///< of titles; ticks are a little smaller
};

/// Draws a figure with the light, printable colours; format is "svg", "pdf", "png", or "csv" for its
/// numbers alone. One panel is 640 x 420 points
/// (1/96 inch), several are a grid 800 wide; PNG has twice as many pixels. Must run on the thread of the QApplication;
/// makes an offscreen one when the program has none. Throws Error for an unknown format.
std::string renderFigure(const Figure&, const std::string& format, const RenderOptions& = {});

/// Renders by the path's extension and writes.
void writeFigure(const Figure&, const std::filesystem::path&);

} // namespace spacewright
