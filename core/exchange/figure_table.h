// The numbers of a figure as a table: one line per point.
#pragma once
#include "core/figures/figure.h"

namespace spacewright {

/// Columns: panel, series (its name, or which of them it is), kind, model, the x and y that the axes name, and the
/// upper edge of a band. Numbers read back as they were. Separated by `separator`; for ',' texts that hold it, quotes
/// or line ends are quoted (RFC 4180), for a tab they hold spaces in its place.
std::string toTable(const Figure&, char separator);

} // namespace spacewright
