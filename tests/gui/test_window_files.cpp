// What comes into the window and leaves it: studies, files that are dropped, exports.
#include "core/exchange/network_json.h"
#include "core/exchange/pycls_yaml.h"
#include "tests/gui/window_steps.h"

#include <QComboBox>
#include <QDockWidget>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>

using namespace spacewright;

class WindowFilesTest : public WindowSteps {
    Q_OBJECT

    void drop(const QString& path)
    {
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &files, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(200, 200), Qt::CopyAction, &files, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &event);
    }
    bool shows(const QString& words)
    {
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words))
                return true;
        return false;
    }

private Q_SLOTS:
    void saysWhyAStudyCannotBeOpened()
    {
        m_window->openStudy(m_folder->filePath("missing.study"));
        QTRY_VERIFY(find<QPushButton>("startDefault")->isVisible());
        QVERIFY(find<QLabel>("startProblem")->text().contains("missing.study"));
        for (const QLabel* label : find<QLabel>("startProblem")->parentWidget()->findChildren<QLabel*>())
            QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        QVERIFY(!find<QDockWidget>("edfDock")->isVisible());
        open();
        QVERIFY(!find<QPushButton>("startDefault")->isVisible());
        QVERIFY(find<QDockWidget>("edfDock")->isVisible());
    }
    void beginsWithThreeChoicesAndLaterWithTheStudyOfTheLastTime()
    {
        QSettings().remove("recent");
        m_window->openLatest();
        for (const char* choice : {"startDefault", "startNew", "startOpen"})
            QVERIFY(find<QPushButton>(choice)->isVisible());
        QVERIFY(find<QPushButton>("startDefault")->hasFocus());
        open();
        m_window = std::make_unique<MainWindow>(FakeEngine::start);
        m_window->show();
        m_window->openLatest();
        QTRY_COMPARE(edfLegend().size(), 2);
    }
    void opensWhatIsDropped_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("field");
        QTest::newRow("space") << "mine.yaml" << QByteArray("name: mine\n") << "newSpace";
        QTest::newRow("images") << "train-images-idx3-ubyte.gz" << QByteArray("...") << "newData";
    }
    void opensWhatIsDropped()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, field);
        const QString path = m_folder->filePath(file);
        QFile written(path);
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write(content) > 0);
        written.close();
        drop(path);
        const auto* box = find<QComboBox>(field.toUtf8());
        QVERIFY(box && box->isVisible());
        QCOMPARE(box->currentText(), field == "newData" ? m_folder->path() : path);
    }
    void aDroppedStudyOpens()
    {
        drop(m_folder->filePath("small.study"));
        QTRY_COMPARE(edfLegend().size(), 2);
    }
    void aDroppedPopulationIsImportedAndTakenBack()
    {
        const QString path = m_folder->filePath("elsewhere.json");
        QFile written(path);
        QVERIFY(written.open(QIODevice::WriteOnly) &&
                written.write(R"([{"error": 30.5, "flops": 2000000}, {"error": 20, "flops": 3000000}])") > 0);
        written.close();
        drop(path);
        QTRY_VERIFY(shows("elsewhere.json holds models that were trained elsewhere"));
        open();
        drop(path);
        QTRY_COMPARE(edfLegend().size(), 3);
        const SpaceId imported = study().spaces().back().id;
        trigger("&Undo: add elsewhere.json");
        QTRY_VERIFY(study().space(imported).setAside);
        trigger("&Redo: add elsewhere.json");
        QTRY_VERIFY(!study().space(imported).setAside);
    }
    void saysThatADroppedFileIsNothingItKnows()
    {
        const QString path = m_folder->filePath("notes.txt");
        QFile written(path);
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write("words") > 0);
        written.close();
        drop(path);
        QTRY_VERIFY(shows("notes.txt is no study"));
    }
    void showsAnotherStudyBesideThisOne()
    {
        const QString path = m_folder->filePath("other.study");
        makeSmallStudy(path);
        open();
        trigger("&Compare with a study...");
        answerFileDialog(path);
        QTRY_COMPARE(edfLegend().size(), 4);
        QVERIFY(edfLegend().contains("[14.0 | 17.0] AnyNetX_D (other), n 4"));
        // It is followed as it grows.
        Study worker(path.toStdString(), Study::Access::readWrite);
        worker.finish(worker.claimNext()->id, ModelState::finished, 9.5, "", 1, 4000);
        QTRY_VERIFY(edfLegend().join(' ').contains("[9.5 |"));
        trigger("&End the comparison");
        QTRY_COMPARE(edfLegend().size(), 2);
    }
    void writesTheReport()
    {
        open();
        trigger("&Write report...");
        const QByteArray html = savedAs("small.html");
        QVERIFY(html.contains("<h2>Journal</h2>") && html.contains("data:image/svg+xml"));
    }
    void exportsTheSelectedNetwork_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("pycls YAML") << "best.yaml";
        QTest::newRow("JSON") << "best.json";
    }
    void exportsTheSelectedNetwork()
    {
        QFETCH(QString, name);
        open();
        QTRY_VERIFY(find<QLabel>("networkHeading")->text().contains("14.0 %"));
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        const std::string text = savedAs(name).toStdString();
        const Sample sample = name.endsWith("json") ? sampleFrom(text) : sampleFromPyclsYaml(text);
        const Study study = this->study();
        bool found = false;
        for (const Model& model : study.models())
            found = found || (model.error == 14.0 && model.sample.network.stages == sample.network.stages);
        QVERIFY(found);
    }
    void importsAndExportsPopulations()
    {
        const QString path = m_folder->filePath("theirs.csv"), again = m_folder->filePath("again.csv");
        QFile written(path);
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write("error,d\n40,3\nno number,4\n50,5\n") > 0);
        written.close();
        open();
        trigger("&Import population...");
        answerFileDialog(path);
        QTRY_COMPARE(edfLegend().size(), 3);
        QVERIFY(edfLegend().contains("[40.0 | 45.0] theirs, n 2"));
        QTRY_VERIFY(shows("1 row that is no model was left out"));
        QCOMPARE(study().spaces().back().importedFrom, "theirs.csv");
        trigger("Export p&opulation..."); // of the space that came in, which is selected now
        answerFileDialog(again);
        QTRY_VERIFY(QFileInfo::exists(again));
        QFile file(again);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("model,error,state"));
    }
    void exportsTheEdf()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        const QByteArray svg = savedAs("edf.svg");
        QVERIFY(svg.contains("[14.0 | 17.0] AnyNetX_D, n 4"));
        QVERIFY(svg.contains("error (%)")); // there is room for the unit
    }
};

QObject* makeWindowFilesTest()
{
    return new WindowFilesTest;
}

#include "test_window_files.moc"
