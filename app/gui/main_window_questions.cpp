// MainWindow, what it asks the person: files, numbers, explanations. Nothing here stops the program.
#include "app/gui/chart_size_dialog.h"
#include "app/gui/charts/report_document.h"
#include "app/gui/files.h"
#include "app/gui/main_window.h"
#include "app/gui/new_study_dialog.h"
#include "app/gui/panels/edf_panel.h"
#include "app/gui/panels/figures_panel.h"
#include "app/gui/panels/message_bar.h"
#include "app/gui/panels/scatter_panel.h"
#include "core/error.h"
#include "core/exchange/exported_model.h"
#include "core/exchange/population_file.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextDocument>
#include <QToolTip>
#include <QWhatsThis>
#include <algorithm>

namespace spacewright {

void MainWindow::listRecent()
{
    m_actions.recent->clear();
    for (const QString& path : recentStudies())
        connect(m_actions.recent->addAction(path), &QAction::triggered, this, [this, path] { openStudy(path); });
    if (m_actions.recent->isEmpty())
        m_actions.recent->addAction(tr("No study was opened yet"))->setEnabled(false);
}

static FileQuestion whichStudy(const QString& title)
{
    return {FileQuestion::Kind::open,
            "study",
            title,
            {MainWindow::tr("Studies (*.study)"), MainWindow::tr("All files (*)")},
            {}};
}

void MainWindow::askForStudy()
{
    askForFile(this, whichStudy(tr("Open a study")), [this](const QString& path) { openStudy(path); });
}

void MainWindow::askForComparison()
{
    askForFile(this, whichStudy(tr("Compare with a study")),
               [this](const QString& path) { m_bridge.compareWith(path.toStdString()); });
}

void MainWindow::askForDamaged()
{
    askForFile(this, whichStudy(tr("Which study is damaged")), [this](const QString& path) { askForRecovered(path); });
}

void MainWindow::askForRecovered(const QString& damaged)
{
    const QFileInfo file(damaged);
    QString name;
    int n = 1;
    do
        name = n == 1 ? tr("%1-recovered.study").arg(file.completeBaseName())
                      : tr("%1-recovered-%2.study").arg(file.completeBaseName()).arg(n);
    while (++n, file.dir().exists(name));
    askForFile(this,
               {FileQuestion::Kind::save,
                "study",
                tr("Where to save what is readable of %1").arg(file.fileName()),
                {tr("Studies (*.study)")},
                file.dir().filePath(name)},
               [this, damaged](const QString& path) { m_bridge.recover(damaged.toStdString(), path.toStdString()); });
}

void MainWindow::askForNewStudy(const QString& space, const QString& data)
{
    auto* dialog = new NewStudyDialog(this);
    dialog->suggest(space, data);
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
    askForFile(this, {FileQuestion::Kind::folder, "data", tr("Choose the folder of the images"), {}, {}},
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

void MainWindow::askForPopulation()
{
    askForFile(this,
               {FileQuestion::Kind::open,
                "population",
                tr("Import models that were trained elsewhere"),
                {tr("Populations (*.json *.jsonl *.csv *.db *.sqlite3)"), tr("All files (*)")},
                {}},
               [this](const QString& path) { m_bridge.importPopulation(path.toStdString()); });
}

void MainWindow::exportPopulation()
{
    const Population* space = m_snapshot->selected ? m_snapshot->population(*m_snapshot->selected) : nullptr;
    if (space == nullptr)
        return m_messages->warn(tr("Select the space to be written first."));
    std::vector<const PopulationFormat*> formats;
    QStringList filters;
    for (const PopulationFormat& format : populationFormats())
        if (format.write != nullptr) {
            formats.push_back(&format);
            filters << tr("%1: %2 (*.%3)").arg(format.name, tr(format.words), format.ending);
        }
    askForFileOfKind(this,
                     {FileQuestion::Kind::save, "population",
                      tr("Export the models of %1").arg(QString::fromStdString(space->space.space.name)), filters,
                      QString::fromStdString(space->space.space.name)},
                     [this, formats, id = space->space.id](const QString& path, int filter) {
                         const PopulationFormat* chosen = formats.at(static_cast<std::size_t>(std::max(filter, 0)));
                         const std::string ending = QFileInfo(path).suffix().toStdString();
                         if (ending != chosen->ending) // one that was typed says more than the filter
                             if (const auto typed = std::ranges::find(formats, ending, &PopulationFormat::ending);
                                 typed != formats.end())
                                 chosen = *typed;
                         m_bridge.exportPopulation(id, *chosen, path.toStdString());
                     });
}

void MainWindow::exportNetwork()
{
    const std::vector<ModelId> models = m_selection.chosen();
    struct Choice {
        const ModelFormat& format;
        bool folded;
    };
    std::vector<Choice> choices;
    QStringList filters;
    for (const ModelFormat& format : modelFormats())
        for (const bool folded : {false, true})
            if (!folded || (format.folds && format.weights)) {
                choices.push_back({format, folded});
                filters << tr("%1: %2%3 (*.%4)")
                               .arg(format.name, tr(format.words), folded ? tr(", batch norms folded") : QString(),
                                    format.ending);
            }
    const QString name =
        models.size() > 1 ? tr("networks")
                          : QStringLiteral("%1-%2").arg(QString::fromStdString(m_model->space)).arg(qint64(models[0]));
    askForFileOfKind(
        this,
        {FileQuestion::Kind::save, "network",
         models.size() > 1 ? tr("Export %1 networks into a new folder").arg(models.size()) : tr("Export the network"),
         filters, name},
        [this, models, choices](const QString& path, int filter) {
            const Choice* choice = &choices.at(std::max(filter, 0));
            const std::string ending = QFileInfo(path).suffix().toStdString();
            if (ending != choice->format.ending) // one that was typed says more than the filter
                if (const auto typed = std::ranges::find(
                        choices, ending, [](const Choice& other) -> const auto& { return other.format.ending; });
                    typed != choices.end())
                    choice = &*typed;
            std::filesystem::path target = path.toStdString();
            m_bridge.exportModels(models, choice->format, choice->folded,
                                  models.size() > 1 ? target.replace_extension() : target);
        });
}

void MainWindow::exportChart(const std::string& figure, const FigureOptions& options)
{
    exportFigure(QString::fromStdString(figure == "scatter" ? options.parameter : figure),
                 [this, figure, options] { return makeFigure(figure, m_snapshot->allPopulations(), options); });
}

void MainWindow::exportFigure(const QString& name, std::function<Figure()> make)
{
    askForFile(this,
               {FileQuestion::Kind::save,
                "chart",
                tr("Export the chart"),
                {tr("SVG (*.svg)"), tr("PDF (*.pdf)"), tr("PNG (*.png)"), tr("Numbers as CSV (*.csv)")},
                QStringLiteral("%1.svg").arg(name)},
               [this, make = std::move(make)](const QString& path) {
                   try {
                       const std::string format = QFileInfo(path).suffix().toLower().toStdString();
                       m_bridge.write(path.toStdString(), renderFigure(make(), format, chartSize()));
                   } catch (const Error& error) {
                       m_messages->warn(QString::fromUtf8(error.what()));
                   }
               });
}

void MainWindow::askForReport()
{
    askForFile(this,
               {FileQuestion::Kind::save,
                "report",
                tr("Write the report"),
                {tr("HTML (*.html)"), tr("Markdown (*.md)"), tr("LaTeX with PDF figures (*.tex)")},
                QString::fromStdString(m_snapshot->study->path.stem().string()) + ".html"},
               [this](const QString& path) { m_bridge.askReport(m_snapshot, path); });
}

void MainWindow::takeReport(const Report& report, const QString& path)
{
    if (!path.isEmpty()) {
        for (auto& [file, bytes] : reportDocument(report, path.toStdString()))
            m_bridge.write(file, std::move(bytes));
        return;
    }
    auto* dialog = new QPrintDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Print the report"));
    dialog->printer()->setDocName(QString::fromStdString(report.title));
    connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [report](QPrinter* printer) {
        QTextDocument document;
        document.setHtml(QString::fromStdString(printableReport(report)));
        document.print(printer);
    });
    dialog->open();
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
