// The paper's figures as files: what the window exports and the terminal program plots. No Qt in this header.
#pragma once
#include "core/statistics/population.h"

namespace spacewright {

struct FigureOptions {
    std::string parameter = "d";     ///< scatter: by its constraint name ("d", "w4", "flops")
    std::optional<SpaceId> selected; ///< scatter: whose points and band stand out; none: the last with results
    bool band = false;               ///< edf: the 95 % DKW band of each space
    int width = 640;                 ///< points (1/96 inch); PNG has twice as many pixels
    int height = 420;
};

/// "edf" and "scatter".
std::vector<std::string> figureNames();

/// Draws a figure with the light, printable colours; format is "svg", "pdf" or "png". Must run on the thread of the
/// QApplication; makes an offscreen one when the program has none. Throws Error for an unknown name or format.
std::string renderFigure(const std::string& figure, const std::vector<Population>&, const std::string& format,
                         const FigureOptions& = {});

/// Replaces the file in one step, so that a full disk leaves the old one. Throws Error.
void writeWhole(const std::filesystem::path&, const std::string& bytes);

/// Renders by the path's extension and writes.
void writeFigure(const std::string& figure, const std::vector<Population>&, const std::filesystem::path&,
                 const FigureOptions& = {});

} // namespace spacewright
