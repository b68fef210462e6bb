// Training in the window, with the real engine, on a disk that takes nothing for a while.
#include "app/gui/panels/message_bar.h"
#include "core/design/single_network.h"
#include "tests/gpu/synthetic.h"
#include "tests/gui/window_steps.h"

#include <csignal>
#include <sys/resource.h>

using namespace spacewright;

namespace {

/// While it lives no file of this process grows: every write beyond a file's beginning is refused.
class RefusingDisk {
public:
    RefusingDisk()
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{0, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~RefusingDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    RefusingDisk(const RefusingDisk&) = delete;
    RefusingDisk& operator=(const RefusingDisk&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = std::signal(SIGXFSZ, SIG_IGN); // the error alone, as a full disk gives it
};

} // namespace

class WindowDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trainingWaitsForTheDiskSaysSoAndGoesOnByItself()
    {
        const synthetic::Folder folder;
        const std::filesystem::path file = folder / "a.study";
        {
            Study made = Study::create(file, synthetic::recipe(synthetic::writeImages(folder), 1));
            StudySpace space;
            space.space = singleNetwork("two", synthetic::sample(0).network);
            made.addSpace(space, {synthetic::sample(0), synthetic::sample(1)});
        }
        MainWindow window(startEngine);
        window.show();
        window.openStudy(QString::fromStdString(file.string()));
        QTRY_VERIFY(window.windowTitle().startsWith("a.study"));
        auto* bar = window.findChild<MessageBar*>();
        {
            const RefusingDisk disk;
            window.startTraining();
            QTRY_VERIFY2(bar->text().contains("Training waits with all it has"), qPrintable(bar->text()));
            QVERIFY(bar->isVisible());
            QTRY_COMPARE(window.findChild<QLabel*>("trainingState")->text(), QString("waits for the disk"));
            QTRY_VERIFY(window.windowTitle().contains("waits for the disk"));
            QVERIFY2(bar->text().contains("a.study"), qPrintable(bar->text()));
        }
        QTRY_VERIFY2(bar->text().contains("training goes on"), qPrintable(bar->text()));
        QTRY_VERIFY2(window.findChild<QLabel*>("counts")->text().startsWith("2 finished"),
                     qPrintable(window.findChild<QLabel*>("counts")->text()));
    }
};

QObject* makeWindowDiskTest()
{
    return new WindowDiskTest;
}

#include "test_window_disk.moc"
