// Reports as documents with their pictures: what the window and the terminal program write. No Qt in this header.
#pragma once
#include "core/exchange/report.h"

namespace spacewright {

/// HTML with SVG pictures in it, or Markdown without any, by the ending of `path`: .html or .md. On the thread of the
/// QApplication, as renderFigure.
std::string reportDocument(const Report&, const std::string& path);
/// HTML with PNG pictures, for Qt's rich text.
std::string printableReport(const Report&);
/// Program, processor, system and time, for Report::environment.
std::vector<Report::Row> environmentNow(const std::string& version);

} // namespace spacewright
