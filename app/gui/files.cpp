// Asks for files without stopping anything.
#include "app/gui/files.h"

#include "core/exchange/population_file.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>

namespace spacewright {

namespace {

constexpr int recentAtMost = 10;

/// "pycls YAML (*.yaml)" -> "yaml"
QString endingOf(const QString& filter)
{
    static const QRegularExpression ending(QStringLiteral("\\*\\.(\\w+)"));
    return ending.match(filter).captured(1);
}

} // namespace

void askForFileOfKind(QWidget* parent, const FileQuestion& question, std::function<void(const QString&, int)> answer)
{
    auto* dialog = new QFileDialog(parent, question.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString key = QStringLiteral("folders/") + question.purpose;
    dialog->setDirectory(QSettings().value(key, QDir::homePath()).toString());
    if (question.kind == FileQuestion::Kind::folder) {
        dialog->setFileMode(QFileDialog::Directory);
    } else {
        dialog->setFileMode(question.kind == FileQuestion::Kind::save ? QFileDialog::AnyFile
                                                                      : QFileDialog::ExistingFile);
        dialog->setNameFilters(question.filters);
    }
    if (question.kind == FileQuestion::Kind::save) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        const auto suffix = [dialog](const QString& filter) { dialog->setDefaultSuffix(endingOf(filter)); };
        QObject::connect(dialog, &QFileDialog::filterSelected, dialog, suffix);
        suffix(question.filters.value(0));
        dialog->selectFile(question.suggestion);
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [dialog, key, filters = question.filters, answer = std::move(answer)](const QString& path) {
                         QSettings().setValue(key, QFileInfo(path).absolutePath());
                         answer(path, static_cast<int>(filters.indexOf(dialog->selectedNameFilter())));
                     });
    dialog->open();
}

void askForFile(QWidget* parent, const FileQuestion& question, std::function<void(const QString&)> answer)
{
    askForFileOfKind(parent, question, [answer = std::move(answer)](const QString& path, int) { answer(path); });
}

FileKind kindOfFile(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return FileKind::images;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return FileKind::unknown;
    if (looksLikePopulation(path.toStdString()))
        return FileKind::population;
    if (file.read(15) == "SQLite format 3")
        return FileKind::study;
    const QString name = info.fileName();
    for (const char* ending : {".yaml", ".yml", ".json"})
        if (name.endsWith(QLatin1String(ending), Qt::CaseInsensitive))
            return FileKind::space;
    for (const char* ending : {".npz", ".csv", ".csv.gz"})
        if (name.endsWith(QLatin1String(ending)))
            return FileKind::images;
    return name.contains(QRegularExpression("-idx[13]-ubyte(\\.gz)?$")) ? FileKind::imageFile : FileKind::unknown;
}

QStringList recentStudies()
{
    return QSettings().value(QStringLiteral("recent")).toStringList();
}

void rememberStudy(const QString& path)
{
    QStringList recent = recentStudies();
    recent.removeAll(path);
    recent.prepend(path);
    QSettings().setValue(QStringLiteral("recent"), recent.mid(0, recentAtMost));
}

Remembered remembered(const QString& study)
{
    const QSettings settings;
    const Remembered usual;
    Remembered result{settings.value(QStringLiteral("look/first"), usual.first).toString(),
                      settings.value(QStringLiteral("look/second"), usual.second).toString(),
                      settings.value(QStringLiteral("look/bands"), usual.bands).toBool()};
    if (!study.isEmpty() && settings.value(QStringLiteral("look/study")).toString() == study)
        result.space = settings.value(QStringLiteral("look/space")).toLongLong();
    return result;
}

void remember(const Remembered& look, const QString& study)
{
    QSettings settings;
    settings.setValue(QStringLiteral("look/first"), look.first);
    settings.setValue(QStringLiteral("look/second"), look.second);
    settings.setValue(QStringLiteral("look/bands"), look.bands);
    settings.setValue(QStringLiteral("look/study"), study);
    settings.setValue(QStringLiteral("look/space"), look.space);
}

QString defaultStudyPath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath("default.study");
}

} // namespace spacewright
