// Measures the window with a study.
#include "app/gui/bench_charts.h"

#include "app/gui/main_window.h"
#include "app/gui/panels/chart_view.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMouseEvent>
#include <QTableView>
#include <QThread>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace spacewright {

namespace {

/// An engine that trains nothing: results come from the benchmark.
class Results : public Engine {
public:
    explicit Results(std::function<void(const spacewright::Event&)> onEvent) { tell = std::move(onEvent); }
    void pause() override {}
    void resume() override {}
    void requestStop() override {}
    bool paused() const override { return false; }
    void setWorkers(int) override {}
    void setShare(double) override {}
    void setSecondsLeft(std::optional<double>) override {}
    int workers() const override { return 1; }
    std::string device() const override { return "none"; }

    static std::function<void(const spacewright::Event&)> tell;
};
std::function<void(const spacewright::Event&)> Results::tell;

double millisecondsSinceStart()
{
    QFile file("/proc/self/stat");
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    const double ticks = all.mid(all.lastIndexOf(')') + 2).split(' ')[19].toDouble(); // the 22nd field of all
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6 -
           1e3 * ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double residentMegabytes()
{
    QFile file("/proc/self/statm");
    return file.open(QIODevice::ReadOnly)
               ? file.readAll().split(' ')[1].toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6
               : 0;
}

/// Of at least one value.
double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

class Bench {
public:
    Bench(WatchedApplication& application, const QString& study)
        : m_application(application), m_study(study),
          m_window([](const EngineOptions&, std::function<void(const spacewright::Event&)> onEvent) {
              return std::make_unique<Results>(std::move(onEvent));
          })
    {
    }

    QJsonArray run()
    {
        bool painted = false;
        QObject::connect(&m_window, &MainWindow::firstPainted, [&] { painted = true; });
        m_window.resize(MainWindow::usualSize); // on a screen of any size, so that figures can be compared
        m_window.show();
        waitFor([&] { return painted; });
        addPaint("first paint of the empty window");
        m_window.openStudy(m_study);
        waitFor([this] { return models() > 0 && pointsDrawn() > 0; });
        for (ChartView* view : charts())
            view->viewport()->repaint();
        const QString of = QStringLiteral(", %1 models").arg(models());
        addPaint("first paint of the study" + of);
        settle();
        add("longest event while opening" + of, m_application.longest().processorMs, "ms");
        newResults(of);
        brush(of);
        sortAndFilter(of);
        add("memory" + of, residentMegabytes(), "MB");
        return m_rows;
    }

    void close()
    {
        bool finished = false;
        QObject::connect(&m_window, &MainWindow::finished, [&] { finished = true; });
        m_window.close();
        waitFor([&] { return finished; });
    }

private:
    void add(const QString& name, double value, const QString& unit)
    {
        m_rows.append(QJsonObject{{"name", name}, {"value", value}, {"unit", unit}});
    }
    /// The second is what the first would be on a machine with nothing else to do and one core.
    void addPaint(const QString& name)
    {
        timespec used{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        add(name, millisecondsSinceStart(), "ms");
        add(name + ", processor time of all threads",
            static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6, "ms");
    }
    static void step()
    {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        QThread::usleep(200); // the background thread has the processor meanwhile
    }
    template <typename Condition>
    static void waitFor(Condition condition)
    {
        while (!condition())
            step();
    }
    /// Until no timer redraws and nothing is repainted any more.
    static void settle()
    {
        for (const double end = wallMilliseconds() + 400; wallMilliseconds() < end;)
            step();
    }
    QTableView* table() const { return m_window.findChild<QTableView*>("models"); }
    int models() const { return table()->model()->rowCount(); }
    std::vector<ChartView*> charts() const
    {
        std::vector<ChartView*> shown;
        for (ChartView* view : m_window.findChildren<ChartView*>())
            if (!view->viewport()->visibleRegion().isEmpty())
                shown.push_back(view);
        return shown;
    }
    std::size_t pointsDrawn() const
    {
        std::size_t n = 0;
        for (ChartView* view : charts())
            for (const PointLayer::Group& group : view->panelChart().points().groups())
                n += group.places.size();
        return n;
    }

    /// Ten results, one by one: from the worker's word to their points on the screen.
    void newResults(const QString& of)
    {
        m_window.startTraining();
        waitFor([] { return static_cast<bool>(Results::tell); });
        Study worker(m_study.toStdString(), Study::Access::readWrite);
        std::vector<double> visible, processor;
        double longest = 0;
        for (int i = 0; i < 10; ++i) {
            const std::optional<Model> model = worker.claimNext();
            if (!model)
                break;
            settle();
            const std::size_t before = pointsDrawn();
            worker.finish(model->id, ModelState::finished, 20 + i, "", 2, 4000);
            m_application.forget();
            const double start = wallMilliseconds(), busy = threadMilliseconds();
            Results::tell(ModelDone{0, model->id, ModelState::finished, 20.0 + i, ""});
            waitFor([&] { return pointsDrawn() > before; });
            for (ChartView* view : charts())
                view->viewport()->repaint();
            visible.push_back(wallMilliseconds() - start);
            settle();
            processor.push_back(threadMilliseconds() - busy);
            longest = std::max(longest, m_application.longest().processorMs);
        }
        add("a new result is visible after" + of, median(visible), "ms");
        add("a new result keeps the window's thread busy for" + of, median(processor), "ms");
        add("longest event while results arrive" + of, longest, "ms");
        std::vector<double> refresh;
        for (int i = 0; i < 10; ++i) {
            const double start = threadMilliseconds();
            for (ChartView* view : charts())
                view->redrawNow();
            refresh.push_back(threadMilliseconds() - start);
        }
        add("refresh of all visible charts" + of, median(refresh), "ms");
    }

    /// A rectangle that grows over the first scatter chart, all charts repainted each time.
    void brush(const QString& of)
    {
        constexpr int steps = 60;
        ChartView* view = nullptr;
        for (ChartView* candidate : charts())
            if (!candidate->panelChart().points().groups().empty())
                view = candidate;
        if (!view) // no chart has points, so that there is nothing to brush
            return;
        const QRectF plot = view->panelChart().plotArea();
        const auto send = [&](QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons) {
            QMouseEvent event(type, at, view->viewport()->mapToGlobal(at), button, buttons, Qt::NoModifier);
            QCoreApplication::sendEvent(view->viewport(), &event);
            QCoreApplication::processEvents();
        };
        send(QEvent::MouseButtonPress, plot.topLeft(), Qt::LeftButton, Qt::LeftButton);
        send(QEvent::MouseMove, plot.topLeft() + QPointF(20, 20), Qt::NoButton, Qt::LeftButton);
        m_application.forget();
        const double start = threadMilliseconds(), wall = wallMilliseconds();
        for (int i = 1; i <= steps; ++i)
            send(QEvent::MouseMove, plot.topLeft() + QPointF(plot.width() * i / steps, plot.height() * i / steps),
                 Qt::NoButton, Qt::LeftButton);
        add("brushing, processor time" + of, 1e3 * steps / (threadMilliseconds() - start), "frames_per_second");
        add("brushing, wall time" + of, 1e3 * steps / (wallMilliseconds() - wall), "frames_per_second");
        send(QEvent::MouseButtonRelease, plot.bottomRight(), Qt::LeftButton, Qt::NoButton);
        add("longest event while brushing" + of, m_application.longest().processorMs, "ms");
    }

    void sortAndFilter(const QString& of)
    {
        const auto timed = [](auto action) {
            std::vector<double> times;
            for (int i = 0; i < 5; ++i) {
                const double start = threadMilliseconds();
                action(i);
                QCoreApplication::processEvents();
                times.push_back(threadMilliseconds() - start);
            }
            return median(times);
        };
        add("sorting the table" + of,
            timed([this](int i) { table()->sortByColumn(3, i % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder); }),
            "ms");
        auto* filter = m_window.findChild<QLineEdit*>("filterModels");
        add("filtering the table" + of, timed([filter](int i) { filter->setText(QString::number(i)); }), "ms");
        filter->clear();
    }

    WatchedApplication& m_application;
    QString m_study;
    MainWindow m_window;
    QJsonArray m_rows;
};

} // namespace

int benchCharts(WatchedApplication& application, const QString& study)
{
    Bench bench(application, study);
    const QJsonArray rows = bench.run();
    bench.close();
    std::printf("%s\n", QJsonDocument(rows).toJson(QJsonDocument::Compact).constData());
    return 0;
}

} // namespace spacewright
