// MainWindow, what is dropped onto it.
#include "app/gui/files.h"
#include "app/gui/main_window.h"
#include "app/gui/panels/message_bar.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>

namespace spacewright {

/// The one file that is dragged; empty for several, or none.
static QString draggedFile(const QMimeData* data)
{
    return data->urls().size() == 1 ? data->urls().first().toLocalFile() : QString();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!draggedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    const QString path = draggedFile(event->mimeData());
    switch (kindOfFile(path)) {
    case FileKind::study:
        return openStudy(path);
    case FileKind::population:
        if (m_actions.importPopulation->isEnabled())
            return m_bridge.importPopulation(path.toStdString());
        return m_messages->warn(
            tr("%1 holds models that were trained elsewhere. Open the study that they are to go into, "
               "then drop it again.")
                .arg(QFileInfo(path).fileName()));
    case FileKind::space:
        return askForNewStudy(path, {});
    case FileKind::images:
        return askForNewStudy({}, path);
    case FileKind::imageFile:
        return askForNewStudy({}, QFileInfo(path).absolutePath());
    case FileKind::unknown:
        m_messages->warn(
            tr("%1 is no study, no population, no space as YAML or JSON, and no folder of images: nothing was opened.")
                .arg(QFileInfo(path).fileName()));
    }
}

} // namespace spacewright
