// MainWindow, what it asks the person: files, numbers, explanations. Nothing here stops the program.
#include "app/gui/charts/figure.h"
#include "app/gui/files.h"
#include "app/gui/main_window.h"
#include "app/gui/new_study_dialog.h"
#include "app/gui/panels/edf_panel.h"
#include "app/gui/panels/figures_panel.h"
#include "app/gui/panels/message_bar.h"
#include "app/gui/panels/scatter_panel.h"
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "core/exchange/pycls_yaml.h"

#include <QApplication>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QToolTip>
#include <QWhatsThis>

namespace spacewright {

void MainWindow::listRecent()
{
    m_actions.recent->clear();
    for (const QString& path : recentStudies())
        connect(m_actions.recent->addAction(path), &QAction::triggered, this, [this, path] { openStudy(path); });
    if (m_actions.recent->isEmpty())
        m_actions.recent->addAction(tr("No study was opened yet"))->setEnabled(false);
}

void MainWindow::askForStudy()
{
    askForFile(
        this,
        {FileQuestion::Kind::open, "study", tr("Open a study"), {tr("Studies (*.study)"), tr("All files (*)")}, {}},
        [this](const QString& path) { openStudy(path); });
}

void MainWindow::askForNewStudy()
{
    auto* dialog = new NewStudyDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        askForFile(
            this,
            {FileQuestion::Kind::save,
             "study",
             tr("Where to keep the study"),
             {tr("Studies (*.study)")},
             dialog->suggestedName()},
            [this, create = dialog->creator()](const QString& path) {
                if (QFileInfo::exists(path))
                    return m_messages->warn(
                        tr("%1 exists already, and a study is never overwritten. Choose another name.").arg(path));
                m_bridge.open(path.toStdString(), create);
            });
    });
    dialog->open();
}

void MainWindow::askForDataFolder()
{
    askForFile(this, {FileQuestion::Kind::folder, "data", tr("Choose the folder of IDX files"), {}, {}},
               [this](const QString& folder) {
                   m_bridge.useDataFolder(m_snapshot->study->recipe.data, folder.toStdString());
               });
}

void MainWindow::askHowManyModels()
{
    const Population* space = m_snapshot->population(*m_snapshot->selected);
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add models"));
    dialog->setLabelText(tr("How many more models of %1?").arg(QString::fromStdString(space->space.space.name)));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, 100000);
    dialog->setIntValue(24);
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this, id = space->space.id](int n) { m_bridge.addModels(id, n); });
    dialog->open();
}

void MainWindow::exportNetwork()
{
    const QString name = QStringLiteral("%1-%2.yaml")
                             .arg(QString::fromStdString(m_model->space))
                             .arg(static_cast<qlonglong>(m_model->model.id));
    askForFile(this,
               {FileQuestion::Kind::save,
                "network",
                tr("Export the network"),
                {tr("pycls YAML (*.yaml)"), tr("JSON (*.json)")},
                name},
               [this, sample = m_model->model.sample](const QString& path) {
                   const bool json = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
                   m_bridge.write(path.toStdString(),
                                  json ? toJson(sample) + "\n" : toPyclsYaml(sample, m_snapshot->study->recipe));
               });
}

void MainWindow::exportChart(const std::string& figure, const FigureOptions& options)
{
    askForFile(this,
               {FileQuestion::Kind::save,
                "chart",
                tr("Export the chart"),
                {tr("SVG (*.svg)"), tr("PDF (*.pdf)"), tr("PNG (*.png)")},
                QStringLiteral("%1.svg").arg(QString::fromStdString(figure == "scatter" ? options.parameter : figure))},
               [this, figure, options](const QString& path) {
                   try {
                       const std::string format = QFileInfo(path).suffix().toLower().toStdString();
                       m_bridge.write(
                           path.toStdString(),
                           renderFigure(makeFigure(figure, m_snapshot->study->populations, options), format));
                   } catch (const Error& error) {
                       m_messages->warn(QString::fromUtf8(error.what()));
                   }
               });
}

void MainWindow::exportFocusedChart()
{
    for (ScatterPanel* panel : {m_depths, m_widths})
        if (panel->isAncestorOf(QApplication::focusWidget()))
            return exportChart("scatter", panel->figureOptions());
    if (m_figures->isAncestorOf(QApplication::focusWidget()))
        return exportChart(m_figures->figure(), {.selected = m_snapshot->selected});
    exportChart("edf", m_edf->figureOptions());
}

void MainWindow::explainFocused()
{
    for (QWidget* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        const QString text = widget->whatsThis().isEmpty() ? widget->toolTip() : widget->whatsThis();
        if (!text.isEmpty())
            return QWhatsThis::showText(widget->mapToGlobal(widget->rect().center()), text, widget);
    }
    QWhatsThis::enterWhatsThisMode();
}

void MainWindow::about()
{
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Spacewright"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setTextFormat(Qt::RichText);
    box->setText(tr("<b>Spacewright %1</b>, the design-space explorer").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("The method is that of <i>Designing Network Design Spaces</i> (Radosavovic, Kosaraju, Girshick, He, Dollár; "
           "CVPR 2020, <a href='https://arxiv.org/abs/2003.13678'>arXiv 2003.13678</a>) and of <i>On Network Design "
           "Spaces for Visual Recognition</i> (Radosavovic, Johnson, Xie, Lo, Dollár; ICCV 2019).<br><br>Free software "
           "under the GNU General Public License, version 3 or later."));
    box->open();
}

} // namespace spacewright
