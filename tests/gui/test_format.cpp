// Numbers and terms as the window shows them.
#include "app/gui/format.h"
#include "app/gui/charts/palette.h"
#include "app/gui/terms.h"
#include "tests/gui/tests.h"

#include <QDoubleSpinBox>
#include <algorithm>
#include <clocale>
#include <cmath>

using namespace spacewright;

namespace {

/// WCAG 2's contrast ratio of two opaque colours.
double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& colour) {
        const auto channel = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
    };
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QPalette darkPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0x2b, 0x2b, 0x2b));
    palette.setColor(QPalette::Base, QColor(0x20, 0x20, 0x20));
    return palette;
}

} // namespace

class FormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesNumbersAlikeInAllCountries()
    {
        QCOMPARE(QString(std::setlocale(LC_TIME, nullptr)), QString("de_DE.UTF-8")); // that of these tests
        QCOMPARE(QString(std::localeconv()->decimal_point), QString("."));
        QCOMPARE(QStringLiteral("%L1").arg(4200.5), QString("4,200.5"));
        QCOMPARE(QDoubleSpinBox().textFromValue(0.5), QString("0.50"));
    }
    void roundsErrorsAsTheChartsDo()
    {
        QCOMPARE(errorText(5.25), QString("5.2"));
        QCOMPARE(errorText(5.35), QString("5.3")); // the nearest double is below
        QCOMPARE(errorText(5.75), QString("5.8"));
    }
    void writesCounts_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("small") << 512.0 << "512";
        QTest::newRow("thousands") << 20000.0 << "20.0 k";
        QTest::newRow("millions") << 1843200.0 << "1.84 M";
        QTest::newRow("hundreds of millions") << 400e6 << "400 M";
    }
    void writesCounts()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(countText(value), text);
    }
    void readsWhatAPersonTypes()
    {
        QCOMPARE(countFrom("1.5M"), 1.5e6);
        QCOMPARE(countFrom(" 360 M "), 360e6);
        QCOMPARE(countFrom("1.5e6"), 1.5e6);
        QCOMPARE(countFrom("64"), 64.0);
        QVERIFY(std::isnan(countFrom("wide")));
        QVERIFY(std::isnan(countFrom("")));
    }
    void writesSharesWithTwoDigits()
    {
        QCOMPARE(shareText(0.0213), QString("2.1 %"));
        QCOMPARE(shareText(0.00034), QString("0.034 %"));
        QCOMPARE(shareText(0.5), QString("50 %"));
        QCOMPARE(shareText(0), QString("0 %"));
    }
    void namesParametersOfAStage()
    {
        QCOMPARE(termTitle("d"), QString("depth d (blocks)"));
        QCOMPARE(termTitle("w4"), QString("width w4 of stage 4 (channels)"));
        QVERIFY(!explain("b2").isEmpty());
    }
    void textCanBeReadInLightAndDark()
    {
        for (const Theme& theme : {printTheme(), themeOf(darkPalette())}) {
            QVERIFY(contrast(theme.text, theme.background) >= 4.5);
            QVERIFY(contrast(theme.muted, theme.background) >= 4.5);
        }
        QVERIFY(themeOf(darkPalette()).dark);
    }
    void spacesDifferInColourAndInASecondSign()
    {
        const Theme theme = printTheme();
        for (int a = 0; a < 8; ++a)
            for (int b = 0; b < a; ++b)
                QVERIFY(spaceStyle(a, theme).colour != spaceStyle(b, theme).colour);
        for (int a = 1; a < 8; ++a)
            QVERIFY(spaceStyle(a, theme).marker != spaceStyle(a - 1, theme).marker);
    }
};

QObject* makeFormatTest()
{
    return new FormatTest;
}

#include "test_format.moc"
