// What the recorded walk is made with: the real window, a person's clicks and keys, pictures of what is to be seen.
#pragma once
#include "app/gui/charts/panel_chart.h"
#include "app/gui/main_window.h"
#include "app/gui/panels/chart_view.h"
#include "gpu/engine.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QtTest>
#include <cstdio>

namespace spacewright {

/// What cannot go on.
struct Stuck {
    QString why;
};

class Hands {
public:
    Hands(QString folder, bool byKeys) : m_folder(std::move(folder)), m_byKeys(byKeys), m_window(startEngine)
    {
        QDir().mkpath(m_folder);
        m_window.resize(MainWindow::usualSize); // on a screen of any size
        m_window.show();
    }

protected:
    static std::unique_ptr<Engine> startEngine(const EngineOptions& options, std::function<void(const Event&)> onEvent)
    {
        return training().start(options, std::move(onEvent));
    }
    void until(const std::function<bool()>& condition, const char* what, int seconds = 900)
    {
        if (!QTest::qWaitFor(condition, seconds * 1000))
            throw Stuck{QStringLiteral("It never happened that %1.").arg(what)};
    }
    void rest(int ms = 600) { QTest::qWait(ms); }
    QStringList legend()
    {
        QStringList texts;
        auto* chart = m_window.findChild<ChartView*>("edf");
        for (const LegendEntry& entry : chart->panelChart().key().entries())
            texts << entry.text;
        return texts;
    }
    /// "12 finished, 1 diverged, 0 failed"
    int count(const char* state)
    {
        const QRegularExpression number(QStringLiteral("(\\d+) %1").arg(state));
        return number.match(m_window.findChild<QLabel*>("counts")->text()).captured(1).toInt();
    }
    int finished() { return count("finished") + count("diverged"); }
    bool done() { return m_window.findChild<QLabel*>("trainingState")->text() == "done"; }
    void click(const char* name) { QTest::mouseClick(m_window.findChild<QWidget*>(name), Qt::LeftButton); }
    void drag(QWidget* where, QPoint from, QPoint to)
    {
        QTest::mousePress(where, Qt::LeftButton, {}, from);
        for (const QPoint& at : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, at, where->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(where, &move);
        }
        QTest::mouseRelease(where, Qt::LeftButton, {}, to);
    }
    /// A button by a click, or by Tab up to it, the shorter way round, and the space bar.
    void press(QAbstractButton* button)
    {
        if (!m_byKeys)
            return QTest::mouseClick(button, Qt::LeftButton);
        QWidget* const from = QApplication::focusWidget();
        for (const Qt::Key key : {Qt::Key_Backtab, Qt::Key_Tab}) {
            from->setFocus();
            for (int presses = 1; presses <= 40; ++presses) {
                QTest::keyClick(QApplication::focusWidget(), key);
                if (QApplication::focusWidget() != button)
                    continue;
                std::printf("%s: %d %s\n", qPrintable(button->text()), presses,
                            key == Qt::Key_Tab ? "Tab" : "Shift+Tab");
                return QTest::keyClick(button, Qt::Key_Space);
            }
        }
        throw Stuck{button->text() + " cannot be reached by keys."};
    }
    void goTo(const char* dock)
    {
        for (int presses = 0; presses < 20; ++presses) {
            QTest::keyClick(&m_window, Qt::Key_F6);
            if (m_window.findChild<QDockWidget*>(dock)->isAncestorOf(QApplication::focusWidget()))
                return;
        }
        throw Stuck{QStringLiteral("%1 cannot be reached by F6.").arg(dock)};
    }
    /// The crosshair by arrow keys, from wherever it is.
    void moveTo(ChartView* chart, QPoint to)
    {
        constexpr int step = 6;
        for (int i = 0; i < 300; ++i)
            QTest::keyClick(chart, to.x() > chart->panelChart().plotArea().center().x() ? Qt::Key_Right : Qt::Key_Left);
        const QRectF plot = chart->panelChart().plotArea();
        for (int i = 0; i < plot.height() / step + 1; ++i)
            QTest::keyClick(chart, Qt::Key_Up);
        for (int i = 0; i < (to.y() - plot.top()) / step; ++i)
            QTest::keyClick(chart, Qt::Key_Down);
    }
    void picture(const QString& name, const char* what, QWidget* dialog = nullptr)
    {
        picture(name, QString::fromLatin1(what), dialog);
    }
    /// Of the window with a dialog before it, or of a panel by itself.
    void picture(const QString& name, const QString& what, QWidget* before = nullptr)
    {
        auto* dialog = qobject_cast<QDialog*>(before);
        QImage image = (before && !dialog ? *before : m_window).grab().toImage();
        if (dialog) {
            const QImage above = dialog->grab().toImage();
            QPainter(&image).drawImage((image.width() - above.width()) / 2, (image.height() - above.height()) / 3,
                                       above);
        }
        const QString file = QStringLiteral("%1-%2.png").arg(++m_pictures).arg(name);
        if (!indexed(image).save(QDir(m_folder).filePath(file)))
            throw Stuck{file + " could not be written."};
        std::printf("%s: %s\n", qPrintable(file), qPrintable(what));
        std::fflush(stdout);
    }

    QString m_folder;
    bool m_byKeys;
    MainWindow m_window;

private:
    /// With the 64 commonest of its colours: a quarter of the bytes, and hardly a difference to see.
    static QImage indexed(const QImage& image)
    {
        QHash<QRgb, int> count;
        const QImage plain = image.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < plain.height(); ++y)
            for (int x = 0; x < plain.width(); ++x)
                ++count[plain.pixel(x, y)];
        QList<QRgb> colours = count.keys();
        std::sort(colours.begin(), colours.end(), [&](QRgb a, QRgb b) { return count[a] > count[b]; });
        colours.resize(std::min<qsizetype>(colours.size(), 64));
        return plain.convertToFormat(QImage::Format_Indexed8, colours, Qt::ThresholdDither);
    }

    int m_pictures = 0;
};

} // namespace spacewright
