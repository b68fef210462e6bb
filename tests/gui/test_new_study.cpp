// Making a study of one's own images, as a person does.
#include "app/gui/data_check_dialog.h"
#include "app/gui/new_study_dialog.h"
#include "tests/gui/tests.h"

#include <QComboBox>
#include <QFormLayout>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace spacewright;

class NewStudyTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<NewStudyDialog> m_dialog;

    /// Thirty pictures of 8 x 8 pixels in each of two classes.
    void writePictures()
    {
        for (const char* name : {"blue", "red"}) {
            QDir(m_folder->path()).mkpath(QStringLiteral("pictures/") + name);
            for (int i = 0; i < 30; ++i) {
                QImage image(8, 8, QImage::Format_RGB32);
                image.fill(*name == 'b' ? qRgb(i, 0, 255 - i) : qRgb(255 - i, i, 0));
                QVERIFY(image.save(m_folder->filePath(QStringLiteral("pictures/%1/%2.png").arg(name).arg(i))));
            }
        }
    }
    DataCheckDialog* check(const QString& data)
    {
        m_dialog->findChild<QComboBox*>("newData")->setEditText(data);
        QTest::mouseClick(m_dialog->findChild<QPushButton*>("checkData"), Qt::LeftButton);
        return m_dialog->findChild<DataCheckDialog*>();
    }
    static QString shownText(DataCheckDialog* dialog)
    {
        QStringList texts;
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            texts << label->text();
        return texts.join('\n');
    }
    static QString state(DataCheckDialog* dialog) { return dialog->findChild<QLabel*>("dataCheckState")->text(); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_dialog = std::make_unique<NewStudyDialog>();
        m_dialog->show();
    }
    void cleanup()
    {
        m_dialog.reset();
        m_folder.reset();
    }

    void theCheckShowsClassesExamplesAndSplit()
    {
        writePictures();
        DataCheckDialog* dialog = check(m_folder->filePath("pictures"));
        QVERIFY(dialog);
        QTRY_COMPARE(state(dialog), QStringLiteral("Nothing speaks against training on these images."));
        const QString text = shownText(dialog);
        for (const char* part : {"image folder", "8x8 pixels, 3 channels", "blue", "red", "split seed 0"})
            QVERIFY2(text.contains(part), qPrintable(text));
        int strips = 0;
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            if (const QImage image = label->pixmap().toImage(); !image.isNull()) {
                ++strips;
                const QColor first = image.pixelColor(5, 5);
                QVERIFY(label->accessibleName().endsWith("blue") ? first.blue() > 200 : first.red() > 200);
            }
        QCOMPARE(strips, 2);
    }

    void theNumbersOfImagesAreMadeToFit()
    {
        writePictures();
        auto* training = m_dialog->findChild<QSpinBox*>("trainingImages");
        auto* validation = m_dialog->findChild<QSpinBox*>("validationImages");
        QCOMPARE(training->value(), 20000);
        check(m_folder->filePath("pictures"));
        QTRY_COMPARE(training->value(), 0);
        QCOMPARE(validation->value(), 8); // 10 of 60 are for the test, a sixth of the other 50 validates
        const Study study = m_dialog->creator()(m_folder->filePath("a.study").toStdString());
        QCOMPARE(study.recipe().validationImages, 8);
        QCOMPARE(study.spaces().front().space.name, std::string("AnyNetX_A"));
    }

    void brokenFilesAreMarked()
    {
        writePictures();
        QFile broken(m_folder->filePath("pictures/red/broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("<b>no picture</b>");
        broken.close();
        DataCheckDialog* dialog = check(m_folder->filePath("pictures"));
        QTRY_VERIFY(state(dialog).contains("(!)"));
        QVERIFY2(shownText(dialog).contains("red/broken.png (it is neither a PNG nor a JPEG file)"),
                 qPrintable(shownText(dialog)));
    }

    void whatIsMissingIsSaid()
    {
        DataCheckDialog* dialog = check(m_folder->filePath("nothing"));
        QTRY_VERIFY2(state(dialog).contains("There is no data set"), qPrintable(state(dialog)));
    }

    void closingStopsTheReading()
    {
        writePictures();
        DataCheckDialog* dialog = check(m_folder->filePath("pictures"));
        QSignalSpy gone(dialog, &QObject::destroyed);
        dialog->close();
        QTRY_COMPARE(gone.count(), 1);
    }
};

QObject* makeNewStudyTest()
{
    return new NewStudyTest;
}

#include "test_new_study.moc"
