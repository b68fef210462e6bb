// The bridge's files: studies, networks, populations and charts that come in and go out on the session's thread.
#include "app/gui/bridge.h"

#include "core/data/image_set.h"
#include "core/whole_file.h"

#include <cstdlib>

namespace spacewright {

void Bridge::compareWith(const std::filesystem::path& path)
{
    post([this, path](std::stop_token) {
        m_session.compareWith(path);
        deliver([this] { refresh(true); });
    });
}

void Bridge::endComparison()
{
    post([this](std::stop_token) {
        m_session.endComparison();
        deliver([this] { refresh(true); });
    });
}

void Bridge::exportModels(std::vector<ModelId> models, const ModelFormat& format, bool folded,
                          const std::filesystem::path& path)
{
    post([this, models = std::move(models), &format, folded, path](std::stop_token) {
        deliver([this, sentence = m_session.exportModels(models, format, folded, path)] {
            Q_EMIT told(QString::fromStdString(sentence));
        });
    });
}

void Bridge::write(const std::filesystem::path& path, std::string bytes)
{
    post([this, path, bytes = std::move(bytes)](std::stop_token) {
        writeWhole(path, bytes);
        deliver([this, path] { Q_EMIT written(QString::fromStdString(path.string())); });
    });
}

void Bridge::useDataFolder(const std::string& dataSet, const std::filesystem::path& folder)
{
    post(
        [dataSet, folder](std::stop_token) {
            dataSetPath(folder.string()); // throws when a file is missing
            const char* home = std::getenv("HOME");
            const std::filesystem::path link =
                std::filesystem::path(home ? home : ".") / ".local/share/spacewright" / dataSet;
            std::filesystem::create_directories(link.parent_path());
            if (std::filesystem::is_symlink(link))
                std::filesystem::remove(link);
            std::filesystem::create_directory_symlink(std::filesystem::absolute(folder), link);
        },
        Problem::Kind::noDataSet);
    checkDataSet();
}

void Bridge::importPopulation(const std::filesystem::path& path)
{
    change([this, path](std::stop_token) {
        deliver([this, path, imported = m_session.importPopulation(path)] {
            m_look.selected = imported.first;
            Q_EMIT populationImported(QString::fromStdString(path.filename().string()),
                                      static_cast<qint64>(imported.first));
            Q_EMIT told(QString::fromStdString(imported.second));
        });
    });
}

void Bridge::exportPopulation(SpaceId space, const PopulationFormat& format, const std::filesystem::path& path)
{
    post([this, space, &format, path](std::stop_token) {
        deliver([this, sentence = m_session.exportPopulation(space, format, path)] {
            Q_EMIT told(QString::fromStdString(sentence));
        });
    });
}

} // namespace spacewright
