// A network's parameters in a table of text, or those of two with the differences marked.
#pragma once
#include "app/gui/session.h"

#include <QString>

namespace spacewright {

/// Rich text: stages as columns; resolution, stride, depth, width, bottleneck ratio and group width as rows; then the
/// three counts of the whole network.
QString parameterTable(const ModelDetails&);
/// A row for each value, and what the second has more or less than the first: bold where they differ.
QString comparisonTable(const ModelDetails&, const ModelDetails&);

} // namespace spacewright
