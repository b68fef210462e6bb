// The field's terms: how the window names and explains them. The one place for these texts.
#pragma once
#include <QString>

namespace spacewright {

/// A parameter or complexity by its constraint name, as an axis or a label shows it: "depth d (blocks)",
/// "width w4 of stage 4 (channels)". An unknown name is returned as it is.
QString termTitle(const QString& name);
/// One or two sentences for tooltips and What's This; `name` as above or "error", "edf", "band", "dkw", "min", "mean",
/// "n", "acceptance", "size", "space", "state", "shared b", "shared g", "increasing w", "increasing d".
QString explain(const QString& name);
/// Whether values of this name are large counts, shown as 1.84 M.
bool isComplexity(const QString& name);

} // namespace spacewright
