// What the desktop is told: notifications for what has come to its end, progress for the icon.
#include "app/gui/desktop.h"
#include "app/gui/main_window.h"
#include "app/gui/milestones.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QDBusMessage>
#include <QTemporaryDir>

using namespace spacewright;

class DesktopTest : public QObject {
    Q_OBJECT
    QList<QDBusMessage> m_sent;

    Desktop desktop()
    {
        return Desktop([this](const QDBusMessage& message) { m_sent << message; });
    }
    static QString typesOf(const QDBusMessage& message)
    {
        QStringList types;
        for (const QVariant& argument : message.arguments())
            types << argument.typeName();
        return types.join(' ');
    }
    QStringList notices()
    {
        QStringList titles;
        for (const QDBusMessage& message : m_sent)
            if (message.member() == "Notify")
                titles << message.arguments().at(3).toString();
        return titles;
    }

private Q_SLOTS:
    void init() { m_sent.clear(); }

    void aNotificationIsPlainText()
    {
        desktop().notify("A <b> is trained", "mean < 20 %");
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(m_sent[0].service(), QString("org.freedesktop.Notifications"));
        QCOMPARE(typesOf(m_sent[0]),
                 QString("QString uint QString QString QString QStringList QVariantMap int")); // as specified
        QCOMPARE(m_sent[0].arguments().at(4).toString(), QString("mean &lt; 20 %"));
    }
    void progressIsSentWhenItCanBeSeen()
    {
        Desktop shown = desktop();
        shown.showProgress(0.5);
        shown.showProgress(0.501);
        shown.showProgress(-1);
        shown.showProgress(-1);
        QCOMPARE(m_sent.size(), 2);
        QCOMPARE(m_sent[0].interface(), QString("com.canonical.Unity.LauncherEntry"));
        QCOMPARE(typesOf(m_sent[0]), QString("QString QVariantMap"));
        QCOMPARE(m_sent[0].arguments().at(1).toMap().value("progress").toDouble(), 0.5);
        QCOMPARE(m_sent[1].arguments().at(1).toMap().value("progress-visible").toBool(), false);
    }
    void aPopulationAndAVerdictAreMilestones()
    {
        const auto at = [](int trained, double shift) {
            std::vector<double> a, d;
            for (int i = 0; i < trained; ++i) {
                a.push_back(30 + i);
                d.push_back(20 + i - shift);
            }
            return snapshotWith({population(1, {}, "AnyNetX_A", 1, a, 12 - trained),
                                 population(2, 1, "AnyNetX_D", 100, d, 12 - trained)});
        };
        QVERIFY(milestones(*at(3, 0), *at(3, 0)).isEmpty());
        const QList<Milestone> reached = milestones(*at(3, 0), *at(12, 0));
        QCOMPARE(reached.size(), 2);
        QCOMPARE(reached[0].title, QString("AnyNetX_A is trained"));
        QVERIFY(reached[0].text.contains("12 models"));
        const auto newest = [&](const std::shared_ptr<const Snapshot>& snapshot) {
            return verdictOf(*snapshot->study, Lineage().of(*snapshot->study));
        };
        const Verdict open = newest(at(3, 0)), decided = newest(at(12, 0));
        const std::optional<Milestone> verdict = milestone(open, decided);
        QVERIFY(verdict && verdict->text.contains("AnyNetX_D is better"));
        QVERIFY(!milestone(decided, decided)); // told once
        QVERIFY(milestones(*at(12, 0), *at(12, 1)).isEmpty()); // told once
    }
    void aWindowThatNobodyLooksAtTellsTheDesktop()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("small.study");
        makeSmallStudy(path);
        MainWindow window(
            FakeEngine::start, [] { return false; }, desktop());
        window.openStudy(path);
        QTRY_VERIFY(window.windowTitle().contains("4 models wait"));
        Study worker(path.toStdString(), Study::Access::readWrite);
        while (const std::optional<Model> model = worker.claimNext())
            worker.finish(model->id, ModelState::finished, 20, "", 1, 4000);
        QTRY_COMPARE(notices(), QStringList({"AnyNetX_A is trained", "AnyNetX_D is trained"}));
    }
};

QObject* makeDesktopTest()
{
    return new DesktopTest;
}

#include "test_desktop.moc"
