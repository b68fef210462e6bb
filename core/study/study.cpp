// The study file: created and opened, its spaces written and read. Its models are in models.cpp, its queue in
// queue.cpp.
#include "core/study/study.h"
#include "core/error.h"
#include "core/exchange/space_file.h"
#include "core/study/journal_mode.h"
#include "core/study/model_row.h"
#include "core/study/schema.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace spacewright {
namespace {

std::filesystem::path weightsFolder(std::filesystem::path study)
{
    return study += ".weights";
}

/// Makes the empty file, so that of two programs only one gets the name.
void reserve(const std::filesystem::path& path)
{
    std::error_code missing;
    if (!std::filesystem::is_empty(weightsFolder(path), missing) && !missing)
        throw Error(weightsFolder(path).string() +
                    " holds weights of an earlier study. Nothing was changed. Move it away, or choose another name.");
    const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file < 0 && errno == EEXIST)
        throw Error(path.string() + " exists already. It was left as it is. Open it, or choose another name.");
    if (file < 0)
        throw Error(path.string() + " cannot be created (" + std::generic_category().message(errno) +
                    "). Choose a folder that exists and that you may write to.");
    close(file);
}

void discard(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (const char* part : {"", "-journal", "-wal", "-shm"})
        std::filesystem::remove(path.string() + part, ignored);
}

std::string toText(const std::vector<Constraint>& constraints)
{
    auto list = nlohmann::json::array();
    for (const auto& constraint : constraints)
        list.push_back(toText(constraint));
    return list.dump();
}

std::unique_ptr<Database> openMigrated(const std::filesystem::path& path, Study::Access wanted)
{
    const auto access = wanted == Study::Access::readOnly ? Database::Access::readOnly : Database::Access::readWrite;
    auto database = openStudyFile(path, access);
    migrate(*database, path, access);
    if (wanted == Study::Access::readWrite)
        chooseJournal(*database, path);
    return database;
}

constexpr const char* selectSpaces = "SELECT id, parent, description, added, note, seed, next_index, "
                                     "id IN (SELECT space FROM set_aside), priority, "
                                     "(SELECT source FROM imported WHERE imported.space = space.id) FROM space";

/// Device and inode; zeros where there is no file.
std::array<std::uint64_t, 2> fileNumbers(const std::filesystem::path& path)
{
    struct stat file {};
    return stat(path.c_str(), &file) == 0 ? std::array<std::uint64_t, 2>{file.st_dev, file.st_ino}
                                          : std::array<std::uint64_t, 2>{};
}

} // namespace

StudySpace spaceFrom(const Statement& row)
{
    StudySpace space;
    space.id = SpaceId{row.integer(0)};
    if (!row.isNull(1))
        space.parent = SpaceId{row.integer(1)};
    try {
        space.space = spaceFromText(row.text(2));
        for (const auto& constraint : nlohmann::json::parse(row.text(3)))
            space.added.push_back(constraintFrom(constraint.get<std::string>()));
    } catch (const std::exception& error) {
        throw Error("Space " + row.text(0) + " of the study cannot be read: " + error.what());
    }
    space.note = row.text(4);
    space.seed = static_cast<std::uint64_t>(row.integer(5));
    space.nextIndex = row.integer(6);
    space.setAside = row.integer(7) != 0;
    space.priority = static_cast<int>(row.integer(8));
    space.importedFrom = row.text(9);
    return space;
}

Study Study::create(const std::filesystem::path& path, const Recipe& recipe)
{
    return create(path, StudyContent{.recipe = recipe, .spaces = {}, .reused = {}, .models = {}, .tests = {}});
}

Study Study::create(const std::filesystem::path& path, const StudyContent& content)
{
    check(content.recipe);
    reserve(path);
    try {
        auto database = std::make_unique<Database>(path, Database::Access::readWrite);
        migrate(*database, path, Database::Access::readWrite);
        {
            Transaction transaction(*database);
            Statement(*database, "INSERT INTO study (id, recipe) VALUES (1, ?)").bind(toJson(content.recipe)).run();
            insertContent(*database, content);
            transaction.commit();
        }
        chooseJournal(*database, path);
        return Study(path, std::move(database));
    } catch (const std::exception& error) {
        discard(path);
        throw Error(path.string() + " was not created, and nothing is left of it. " + error.what());
    }
}

Study::Study(const std::filesystem::path& path, Access access) : Study(path, openMigrated(path, access)) {}

Study::Study(const std::filesystem::path& path, std::unique_ptr<Database> database)
    : m_path(path), m_database(std::move(database))
{
    Statement row(*m_database, "SELECT recipe FROM study");
    if (!row.step())
        throw Error(path.string() + " is not complete: making it was interrupted. It holds no models. Delete it and "
                                    "create the study again.");
    m_recipe = recipeFrom(row.text(0));
    m_file = fileNumbers(path);
}

Study::Study(Study&&) noexcept = default;
Study::~Study() = default;

const std::filesystem::path& Study::path() const
{
    return m_path;
}

bool Study::isInPlace() const
{
    return fileNumbers(m_path) == m_file;
}

const Recipe& Study::recipe() const
{
    return m_recipe;
}

SpaceId insertSpace(Database& database, const StudySpace& added, std::optional<SpaceId> wanted)
{
    check(added.space);
    Statement(database, "INSERT INTO space (id, parent, name, description, added, note, seed, next_index, priority) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(wanted ? std::optional(std::int64_t(*wanted)) : std::nullopt,
              added.parent ? std::optional(std::int64_t(*added.parent)) : std::nullopt, added.space.name,
              toText(added.space), toText(added.added), added.note, static_cast<std::int64_t>(added.seed),
              added.nextIndex, added.priority)
        .run();
    const SpaceId id{database.lastId()};
    if (!added.importedFrom.empty())
        Statement(database, "INSERT INTO imported (space, source) VALUES (?, ?)")
            .bind(std::int64_t(id), added.importedFrom)
            .run();
    return id;
}

SpaceId Study::addSpace(const StudySpace& added, const std::vector<Sample>& samples, const std::vector<ModelId>& reused)
{
    if (added.parent)
        space(*added.parent);
    Transaction transaction(*m_database);
    const SpaceId id = insertSpace(*m_database, added);
    insertModels(*m_database, id, samples, added.nextIndex);
    Statement reuse(*m_database, "INSERT INTO reused (space, model) VALUES (?, ?)");
    for (const ModelId model : reused)
        reuse.bind(std::int64_t(id), std::int64_t(model)).run();
    transaction.commit();
    return id;
}

void Study::setNote(SpaceId id, const std::string& note)
{
    space(id);
    Statement(*m_database, "UPDATE space SET note = ? WHERE id = ?").bind(note, std::int64_t(id)).run();
}

void Study::setAside(SpaceId id, bool aside)
{
    space(id);
    Transaction transaction(*m_database);
    Statement(*m_database, aside ? "INSERT OR IGNORE INTO set_aside_space VALUES (?)"
                                 : "WITH RECURSIVE ancestor (id) AS (SELECT ? UNION SELECT space.parent FROM space "
                                   "JOIN ancestor USING (id) WHERE space.parent IS NOT NULL) "
                                   "DELETE FROM set_aside_space WHERE space IN (SELECT id FROM ancestor)")
        .bind(std::int64_t(id))
        .run();
    transaction.commit();
}

std::vector<StudySpace> Study::spaces() const
{
    Statement rows(*m_database, std::string(selectSpaces) + " ORDER BY id");
    std::vector<StudySpace> spaces;
    while (rows.step())
        spaces.push_back(spaceFrom(rows));
    return spaces;
}

StudySpace Study::space(SpaceId id) const
{
    Statement row(*m_database, std::string(selectSpaces) + " WHERE id = ?");
    if (!row.bind(std::int64_t(id)).step())
        throw Error("The study holds no space " + std::to_string(std::int64_t(id)) + ".");
    return spaceFrom(row);
}

std::int64_t Study::dataVersion() const
{
    return m_database->integer("PRAGMA data_version");
}

std::filesystem::path Study::checkpointPath(ModelId id) const
{
    return weightsFolder(m_path) / (std::to_string(std::int64_t(id)) + ".safetensors");
}

} // namespace spacewright
