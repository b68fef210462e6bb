// A damaged study in the window: it is offered to save what can be read, and said what that was.
#include "app/gui/panels/message_bar.h"
#include "core/study/backup.h"
#include "core/study/integrity.h"
#include "core/study/sqlite.h"
#include "tests/gui/window_steps.h"

#include <QPushButton>
#include <QTableView>

using namespace spacewright;

class WindowRecoveryTest : public WindowSteps {
    Q_OBJECT

    QString damaged() { return m_folder->filePath("small.study"); }
    QString recovered() { return m_folder->filePath("small-recovered.study"); }
    static QByteArray bytesOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// One page with models is overwritten, as a broken disk or another program does.
    void damage()
    {
        int page = 0;
        {
            Database database(damaged().toStdString(), Database::Access::readOnly);
            page = static_cast<int>(
                database.integer("SELECT min(pageno) FROM dbstat WHERE name = 'model' AND pagetype = 'leaf'"));
        }
        QVERIFY(page > 1);
        QFile file(damaged());
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek((page - 1) * 4096));
        QCOMPARE(file.write(QByteArray(4096, 'x')), 4096);
    }
    MessageBar* bar() { return m_window->findChild<MessageBar*>(); }
    QPushButton* button() { return bar()->findChild<QPushButton*>(); }
    bool offersRecovery()
    {
        return bar()->isVisible() && button()->isVisible() && button()->text().contains("Recover");
    }
    int shownModels() { return find<QTableView>("models")->model()->rowCount(); }

private Q_SLOTS:
    void aDamagedStudyIsSavedIntoANewOneWhichOpens()
    {
        damage();
        const QByteArray before = bytesOf(damaged());
        m_window->openStudy(damaged());
        QTRY_VERIFY(offersRecovery());
        QVERIFY2(bar()->text().contains("small.study is damaged"), qPrintable(bar()->text()));
        QVERIFY(bar()->text().contains("there is no backup beside it"));
        QVERIFY(find<QPushButton>("startOpen")->isVisible()); // there is nothing else to show
        button()->click();
        QTRY_VERIFY(m_window->findChild<QFileDialog*>());
        const auto* name = m_window->findChild<QFileDialog*>()->findChild<QLineEdit*>("fileNameEdit");
        QCOMPARE(QFileInfo(name->text()).fileName(), QString("small-recovered.study"));
        QCOMPARE(m_window->findChild<QFileDialog*>()->directory().path(), m_folder->path());
        answerFileDialog(recovered());
        QTRY_VERIFY(m_window->windowTitle().startsWith("small-recovered.study"));
        QTRY_VERIFY2(bar()->text().contains("models that are lost"), qPrintable(bar()->text()));
        QVERIFY(bar()->text().contains("small.study was left as it is"));
        QCOMPARE(bytesOf(damaged()), before);
        const Study study(recovered().toStdString(), Study::Access::readOnly);
        const auto models = static_cast<int>(study.totals().total());
        QVERIFY(models > 0 && models < 12);
        QCOMPARE(shownModels(), models);
        QVERIFY(bar()->text().contains(QString("2 spaces and %1 models").arg(models)));
    }
    void aModelThatMakesNoSenseIsDamageToo()
    {
        {
            Database database(damaged().toStdString(), Database::Access::readWrite);
            database.execute("UPDATE model SET network = 'none' WHERE id = 3");
        }
        m_window->openStudy(damaged());
        QTRY_VERIFY(offersRecovery());
        QVERIFY2(bar()->text().contains("small.study cannot be shown"), qPrintable(bar()->text()));
        button()->click();
        answerFileDialog(recovered());
        QTRY_VERIFY2(bar()->text().contains("models that are lost: 1 (3)"), qPrintable(bar()->text()));
        QCOMPARE(shownModels(), 11);
    }
    void theNewestBackupFillsWhatIsMissing()
    {
        backUp(damaged().toStdString());
        QVERIFY(QFile::resize(damaged(), 0)); // by a program that crashed over it, say
        m_window->openStudy(damaged());
        QTRY_VERIFY(offersRecovery());
        QVERIFY2(bar()->text().contains("small.study is empty"), qPrintable(bar()->text()));
        QVERIFY(bar()->text().contains("the newest backup fills the rest"));
        button()->click();
        answerFileDialog(recovered());
        QTRY_COMPARE(edfLegend().size(), 2);
        QCOMPARE(shownModels(), 12);
        QTRY_VERIFY2(bar()->text().contains("the backup is "), qPrintable(bar()->text()));
    }
    void damageThatTrainingMeetsIsOfferedToo()
    {
        open();
        m_window->startTraining();
        QTRY_COMPARE(find<QLabel>("trainingState")->text(), QString("training"));
        damage();
        FakeEngine::current.load()->onEvent(WorkerStopped{0, "A step was refused.", true});
        QTRY_VERIFY(offersRecovery());
        QVERIFY2(bar()->text().contains("small.study is damaged"), qPrintable(bar()->text()));
        QVERIFY(find<QLabel>("trainingState")->text() != "training");
        button()->click();
        answerFileDialog(recovered());
        QTRY_VERIFY(m_window->windowTitle().startsWith("small-recovered.study"));
    }
    void aTargetThatCannotBeWrittenIsSaidAndAnotherMayBeChosen()
    {
        damage();
        m_window->openStudy(damaged());
        QTRY_VERIFY(offersRecovery());
        button()->click();
        const QString nowhere = m_folder->filePath("nowhere.study"); // where nobody can make a file
        QVERIFY(QFile::link("/no/such/folder", nowhere));
        answerFileDialog(nowhere);
        QTRY_VERIFY2(bar()->text().contains(nowhere), qPrintable(bar()->text()));
        QVERIFY(offersRecovery());
        button()->click();
        answerFileDialog(recovered());
        QTRY_VERIFY(m_window->windowTitle().startsWith("small-recovered.study"));
    }
    void whatHoldsNothingToSaveIsASentence()
    {
        QVERIFY(QFile::resize(damaged(), 0));
        trigger("Reco&ver a damaged study...");
        answerFileDialog(damaged());
        QTRY_VERIFY(m_window->findChild<QFileDialog*>() &&
                    m_window->findChild<QFileDialog*>()->acceptMode() == QFileDialog::AcceptSave);
        answerFileDialog(recovered());
        QTRY_VERIFY2(bar()->text().contains("holds no study that can be read"), qPrintable(bar()->text()));
        QVERIFY(!button()->isVisible());
        QVERIFY(!QFileInfo::exists(recovered()));
    }
    void theMenuSavesAStudyWhileAnotherIsOpen()
    {
        open();
        const QString other = m_folder->filePath("other.study");
        makeSmallStudy(other);
        trigger("Reco&ver a damaged study...");
        answerFileDialog(other);
        QTRY_VERIFY(m_window->findChild<QFileDialog*>() &&
                    m_window->findChild<QFileDialog*>()->acceptMode() == QFileDialog::AcceptSave);
        answerFileDialog(recovered());
        QTRY_VERIFY(m_window->windowTitle().startsWith("small-recovered.study"));
        QTRY_VERIFY2(bar()->text().contains("nothing that could be looked for is missing"), qPrintable(bar()->text()));
    }
};

QObject* makeWindowRecoveryTest()
{
    return new WindowRecoveryTest;
}

#include "test_window_recovery.moc"
