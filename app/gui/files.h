// Asks for files without stopping anything, and remembers folders and recent studies.
#pragma once
#include <QStringList>
#include <functional>

class QWidget;

namespace spacewright {

struct FileQuestion {
    enum class Kind { open, save, folder };
    Kind kind = Kind::open;
    QString purpose; ///< key under which the folder is remembered
    QString title;
    QStringList filters; ///< "pycls YAML (*.yaml)"; the first ending is added where none was typed
    QString suggestion;  ///< a file name; with its folder where that is not to be the remembered one
};

/// Calls back with the chosen path; not at all when the person thinks better of it.
void askForFile(QWidget* parent, const FileQuestion&, std::function<void(const QString& path)>);
/// Also with the place of the chosen filter in the question's list.
void askForFileOfKind(QWidget* parent, const FileQuestion&, std::function<void(const QString& path, int filter)>);

/// What a file or folder is, by its ending and first bytes; for one that was dropped onto the window.
enum class FileKind { study, population, space, images, imageFile, unknown };
FileKind kindOfFile(const QString& path);

/// Newest first, at most ten.
QStringList recentStudies();
void rememberStudy(const QString& path);
/// What a person looked at when the window was closed, for the next time.
struct Remembered {
    QString first = QStringLiteral("d"), second = QStringLiteral("w4"); ///< the charts' parameters
    bool bands = false;                                                 ///< of the EDFs
    qint64 space = 0;                                                   ///< the selected one of the study, 0: none
};
Remembered remembered(const QString& study = {});
void remember(const Remembered&, const QString& study);
/// Where the default study lives: default.study in the folder for the program's data.
QString defaultStudyPath();

} // namespace spacewright
