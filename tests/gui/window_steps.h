// What a person does in the window, for tests: a window on a small study, clicks, file dialogs, what is shown.
#pragma once
#include "app/gui/charts/panel_chart.h"
#include "app/gui/main_window.h"
#include "app/gui/panels/chart_view.h"
#include "tests/gui/small_study.h"
#include "tests/gui/tests.h"

#include <QAbstractButton>
#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTreeView>

namespace spacewright {

class WindowSteps : public QObject {
    Q_OBJECT
protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    template <typename Widget>
    Widget* find(const QString& name)
    {
        return m_window->findChild<Widget*>(name);
    }
    void click(const char* name)
    {
        QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton, Qt::NoModifier, QPoint(8, 8));
    }
    QStringList edfLegend()
    {
        QStringList texts;
        for (const LegendEntry& entry : static_cast<PanelChart*>(find<ChartView>("edf")->chart())->key().entries())
            texts << entry.text;
        return texts;
    }
    void open()
    {
        m_window->openStudy(m_folder->filePath("small.study"));
        QTRY_COMPARE(edfLegend().size(), 2);
    }
    void answerFileDialog(const QString& path)
    {
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = m_window->findChild<QFileDialog*>()) && dialog->isVisible());
        dialog->setDirectory(QFileInfo(path).path());
        dialog->findChild<QLineEdit*>("fileNameEdit")->setText(path);
        QTest::keyClick(dialog->findChild<QLineEdit*>("fileNameEdit"), Qt::Key_Return);
    }
    /// What is in the file of that name once the dialog is answered; nothing when none is written.
    QByteArray savedAs(const QString& name)
    {
        const QString path = m_folder->filePath(name);
        answerFileDialog(path);
        if (!QTest::qWaitFor([&] { return QFileInfo::exists(path); }, 30000))
            return {};
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void trigger(const QString& action)
    {
        for (QAction* one : m_window->findChildren<QAction*>())
            if (one->text() == action)
                one->trigger();
    }
    /// The study as it is in the file.
    Study study() { return Study(m_folder->filePath("small.study").toStdString(), Study::Access::readOnly); }

protected Q_SLOTS:
    void init()
    {
        FakeEngine::reset();
        m_folder = std::make_unique<QTemporaryDir>();
        makeSmallStudy(m_folder->filePath("small.study"));
        m_window = std::make_unique<MainWindow>(FakeEngine::start);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }
};

} // namespace spacewright
