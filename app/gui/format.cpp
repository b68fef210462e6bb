// Numbers as text.
#include "app/gui/format.h"

#include <QLocale>
#include <cmath>
#include <cstdio>
#include <limits>

namespace spacewright {

QString countText(double value)
{
    static constexpr struct {
        double unit;
        const char* letter;
    } units[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (const auto& [unit, letter] : units) {
        if (value < unit)
            continue;
        const double scaled = value / unit;
        const int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
        return QStringLiteral("%1 %2").arg(scaled, 0, 'f', decimals).arg(QLatin1String(letter));
    }
    return valueText(value);
}

double countFrom(const QString& text)
{
    QString digits = text.simplified().remove(' ');
    double unit = 1;
    if (!digits.isEmpty()) {
        switch (digits.back().toLower().toLatin1()) {
        case 'k':
            unit = 1e3;
            break;
        case 'm':
            unit = 1e6;
            break;
        case 'g':
            unit = 1e9;
            break;
        case 't':
            unit = 1e12;
            break;
        default:
            break;
        }
        if (unit > 1)
            digits.chop(1);
    }
    bool ok = false;
    const double value = QLocale::c().toDouble(digits, &ok);
    return ok && std::isfinite(value) ? value * unit : std::numeric_limits<double>::quiet_NaN();
}

QString valueText(double value)
{
    return QString::number(value, 'g', value >= 1000 ? 10 : 4);
}

QString errorText(double percent)
{
    char digits[32]; // the C library's, which rounds as the charts and the terminal do
    std::snprintf(digits, sizeof digits, "%.1f", percent);
    return QString::fromLatin1(digits);
}

QString shareText(double share)
{
    const double percent = share * 100;
    if (percent <= 0)
        return QStringLiteral("0 %");
    const int decimals = percent >= 10 ? 0 : std::max(0, 1 - static_cast<int>(std::floor(std::log10(percent))));
    return QStringLiteral("%1 %").arg(percent, 0, 'f', decimals);
}

QString powerText(double log10)
{
    if (!std::isfinite(log10))
        return QStringLiteral("0");
    return QStringLiteral("10<sup>%1</sup>").arg(log10, 0, 'f', 1);
}

} // namespace spacewright
