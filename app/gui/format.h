// Numbers as the window shows them: with units, and always the same number of decimals.
#pragma once
#include <QString>

namespace spacewright {

/// 1843200 -> "1.84 M", 20000 -> "20.0 k", 512 -> "512".
QString countText(double value);
/// Reads what `countText` writes and a person types: "1.5M", "360 M", "1.5e6". NaN when it is no number.
double countFrom(const QString& text);
/// Up to four digits, no trailing zeros: "24", "2.625".
QString valueText(double value);
/// Percent with one decimal, without the sign: "15.3".
QString errorText(double percent);
/// A share as percent with two digits that count: "2.1 %", "0.034 %".
QString shareText(double share);
/// "10^13.1" with a real superscript as rich text; "0" for the logarithm of nothing.
QString powerText(double log10);

} // namespace spacewright
