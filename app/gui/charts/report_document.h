// Reports as documents with their pictures: what the window and the terminal program write. No Qt in this header.
#pragma once
#include "core/exchange/report.h"
#include <map>

namespace spacewright {

/// The files of a report by their paths. By the ending of `path`: .html with SVG pictures in it, .md without any, .tex
/// with PDF figures beside it. On the thread of the QApplication, as renderFigure.
std::map<std::string, std::string> reportDocument(const Report&, const std::string& path);
/// HTML with PNG pictures, for Qt's rich text.
std::string printableReport(const Report&);
/// Program, processor, system and time, for Report::environment.
std::vector<Report::Row> environmentNow(const std::string& version);

} // namespace spacewright
