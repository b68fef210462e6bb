// The tables of a study file, version by version.
#include "core/study/schema.h"
#include "core/study/backup.h"
#include "core/study/file_system.h"
#include "core/study/integrity.h"
#include "core/study/journal_mode.h"
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <set>
#include <vector>

namespace spacewright {
namespace {

constexpr std::uint32_t applicationId = 0x53505752; // "SPWR"

/// Step n leads from version n to n + 1. A step that was released never changes.
constexpr std::array migrations{R"sql(
CREATE TABLE study (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    recipe TEXT NOT NULL,
    finish_order INTEGER NOT NULL DEFAULT 0  -- of the latest result
) STRICT;

CREATE TABLE space (
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES space (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,  -- all of it, JSON
    added TEXT NOT NULL,        -- the constraints that narrowed the parent, a JSON list
    note TEXT NOT NULL,
    seed INTEGER NOT NULL,
    next_index INTEGER NOT NULL
) STRICT;

CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL REFERENCES space (id),
    sample_index INTEGER NOT NULL,
    network TEXT NOT NULL,  -- JSON
    flops INTEGER NOT NULL,
    params INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'running', 'finished', 'diverged', 'failed')),
    owner TEXT,  -- host/process/start of the process that trains it
    error REAL,  -- percent
    reason TEXT NOT NULL DEFAULT '',
    seconds REAL NOT NULL DEFAULT 0,
    images_per_second REAL NOT NULL DEFAULT 0,
    finish_order INTEGER NOT NULL DEFAULT 0,
    UNIQUE (space, sample_index),
    CHECK ((state = 'running') = (owner IS NOT NULL))
) STRICT;
CREATE INDEX model_waiting ON model (sample_index, space) WHERE state = 'waiting';
CREATE INDEX model_running ON model (id) WHERE state = 'running';
CREATE INDEX model_done ON model (finish_order) WHERE finish_order > 0;
CREATE INDEX model_counts ON model (space, state);

CREATE TABLE epoch (
    model INTEGER NOT NULL REFERENCES model (id),
    number INTEGER NOT NULL,
    rate REAL,
    training_loss REAL,  -- NULL: not a number
    training_error REAL,
    validation_error REAL,
    seconds REAL,
    PRIMARY KEY (model, number)
) STRICT, WITHOUT ROWID;
)sql",
                                R"sql(
CREATE TABLE reused (  -- models of other spaces that belong to this one too
    space INTEGER NOT NULL REFERENCES space (id),
    model INTEGER NOT NULL REFERENCES model (id),
    PRIMARY KEY (space, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE test (
    model INTEGER NOT NULL REFERENCES model (id),
    data TEXT NOT NULL,  -- whose test images
    wrong INTEGER NOT NULL,
    images INTEGER NOT NULL,
    PRIMARY KEY (model, data)
) STRICT, WITHOUT ROWID;
)sql",
                                R"sql(
CREATE TABLE set_aside_space (space INTEGER PRIMARY KEY REFERENCES space (id)) STRICT;
CREATE TABLE set_aside_model (model INTEGER PRIMARY KEY REFERENCES model (id)) STRICT;
CREATE VIEW set_aside (space) AS  -- whole branches
    WITH RECURSIVE branch (id) AS (
        SELECT space FROM set_aside_space
        UNION SELECT space.id FROM space JOIN branch ON space.parent = branch.id)
    SELECT id FROM branch;
)sql",
                                R"sql(
ALTER TABLE space ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;  -- the higher, the sooner its models are trained

CREATE TABLE model_with_order (  -- a new table, because there is a new state
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL REFERENCES space (id),
    sample_index INTEGER NOT NULL,
    network TEXT NOT NULL,  -- JSON
    flops INTEGER NOT NULL,
    params INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'running', 'finished', 'diverged', 'failed', 'stopped')),
    owner TEXT,  -- host/process/start of the process that trains it
    error REAL,  -- percent
    error_at_least REAL,  -- percent, of a model that was stopped early
    reason TEXT NOT NULL DEFAULT '',
    seconds REAL NOT NULL DEFAULT 0,
    images_per_second REAL NOT NULL DEFAULT 0,
    finish_order INTEGER NOT NULL DEFAULT 0,
    is_next INTEGER NOT NULL DEFAULT 0,  -- 1: a person asked for it to be trained before the others
    space_priority INTEGER NOT NULL DEFAULT 0,  -- that of its space, here for the index
    UNIQUE (space, sample_index),
    CHECK ((state = 'running') = (owner IS NOT NULL))
) STRICT;
INSERT INTO model_with_order (id, space, sample_index, network, flops, params, acts, state, owner, error, reason,
        seconds, images_per_second, finish_order)
    SELECT id, space, sample_index, network, flops, params, acts, state, owner, error, reason,
        seconds, images_per_second, finish_order FROM model;
DROP TABLE model;
ALTER TABLE model_with_order RENAME TO model;
CREATE INDEX model_waiting ON model (is_next DESC, space_priority DESC, sample_index, space) WHERE state = 'waiting';
CREATE INDEX model_running ON model (id) WHERE state = 'running';
CREATE INDEX model_done ON model (finish_order) WHERE finish_order > 0;
CREATE INDEX model_counts ON model (space, state);
)sql",
                                R"sql(
CREATE TABLE imported (  -- spaces whose models were trained elsewhere
    space INTEGER PRIMARY KEY REFERENCES space (id),
    source TEXT NOT NULL  -- the name of the file they came from
) STRICT;
)sql",
                                R"sql(
CREATE TABLE lease (  -- signs of life of processes that train
    owner TEXT PRIMARY KEY,  -- as in model
    beats INTEGER NOT NULL  -- raised again and again; compared by those who look, never with a clock
) STRICT, WITHOUT ROWID;
ALTER TABLE model ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;  -- how often; results of an earlier claim are refused
)sql"};

/// What a step adds, empty, for a connection that may not take it: readers then see no difference.
constexpr std::array<const char*, migrations.size()> forReadingOnly{"",
                                                                    R"sql(
CREATE TEMP TABLE reused (space INTEGER, model INTEGER);
CREATE TEMP TABLE test (model INTEGER, data TEXT, wrong INTEGER, images INTEGER);
)sql",
                                                                    R"sql(
CREATE TEMP TABLE set_aside_model (model INTEGER);
CREATE TEMP TABLE set_aside (space INTEGER);
)sql",
                                                                    R"sql(
CREATE TEMP VIEW space AS SELECT *, 0 AS priority FROM main.space;
CREATE TEMP VIEW model AS SELECT *, NULL AS error_at_least, 0 AS is_next, 0 AS space_priority FROM main.model;
)sql",
                                                                    R"sql(
CREATE TEMP TABLE imported (space INTEGER, source TEXT);
)sql", ""};

std::uint32_t applicationIdOf(const Database::Header& header)
{
    std::uint32_t id = 0;
    for (int byte = 68; byte < 72; ++byte) // https://sqlite.org/fileformat.html, section 1.3
        id = id << 8 | static_cast<unsigned char>(header.at(byte));
    return id;
}

/// Tables with their columns, and all else that a schema may hold, as texts to be compared.
std::set<std::string> describe(Database& database)
{
    std::set<std::string> parts;
    for (const char* query :
         {"SELECT type || ' ' || name || CASE WHEN type = 'table' THEN '' ELSE ': ' || sql END FROM sqlite_schema "
          "WHERE type = 'trigger' OR name NOT GLOB 'sqlite_*'",
          "SELECT 'column ' || part.name || '.' || info.name || ' ' || info.type || ' ' || info.\"notnull\" || "
          "info.pk || info.hidden FROM sqlite_schema part, pragma_table_xinfo(part.name) info "
          "WHERE part.type = 'table' AND part.name NOT GLOB 'sqlite_*'"}) {
        Statement rows(database, query);
        while (rows.step())
            parts.insert(rows.text(0));
    }
    return parts;
}

/// A stranger's file may hold triggers, other views under our names, or columns that are computed. Throws Error unless
/// the schema is that of the version.
void checkSchema(Database& database, const std::filesystem::path& path, std::size_t version)
{
    const std::unique_ptr<Database> model = Database::inMemory();
    for (std::size_t i = 0; i < version; ++i)
        model->execute(migrations.at(i));
    const std::set<std::string> expected = describe(*model), found = describe(database);
    std::vector<std::string> different;
    std::ranges::set_symmetric_difference(expected, found, std::back_inserter(different));
    if (!different.empty())
        throw Error(path.string() +
                    " holds other tables than a study of its version: " + different.front().substr(0, 100) +
                    (expected.contains(different.front()) ? " is missing." : " is foreign.") +
                    " Another program changed it, or somebody means harm. It was left as it is. Open a backup, or ask "
                    "for the file again.");
}

/// A file that is no study; where it was one once, its backups tell.
[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why)
{
    const std::string happened = path.string() + " " + why + " Nothing was changed.";
    if (newestBackup(path))
        throw DamagedStudy(path, happened);
    throw Error(happened + " Choose a study file, or create a new study.");
}

} // namespace

std::unique_ptr<Database> openStudyFile(const std::filesystem::path& path, Database::Access access)
{
    std::error_code unknown;
    const auto status = std::filesystem::status(path, unknown);
    if (status.type() == std::filesystem::file_type::not_found)
        refuse(path, "does not exist.");
    if (std::filesystem::is_directory(status))
        refuse(path, "is a folder, not a study file.");
    if (!std::filesystem::is_regular_file(status))
        refuse(path, "is not an ordinary file, or its folder cannot be searched.");
    const auto size = std::filesystem::file_size(path, unknown);
    if (size == 0)
        refuse(path, "is empty.");

    auto database = std::make_unique<Database>(path, access);
    const Database::Header header = database->header();
    const std::string magic("SQLite format 3\0", 16);
    if (!std::equal(magic.begin(), magic.end(), header.begin()))
        refuse(path, "is no study (it is no SQLite database at all).");
    if (size < header.size())
        refuse(path, "was cut short: it ends within its header.");
    if (applicationIdOf(header) != applicationId)
        refuse(path, "is the SQLite database of another program, no study.");
    // Where nothing may be changed it is read as it lies.
    const auto mayChange = [](const std::filesystem::path& place) { return ::access(place.c_str(), W_OK) == 0; };
    const bool mayLeave = access == Database::Access::readWrite ||
                          (mayChange(path) && mayChange(std::filesystem::absolute(path).parent_path()));
    if (hasLog(header) && mayLeave && sharedFileSystemAt(path)) {
        database.reset();
        leaveLog(path);
        database = std::make_unique<Database>(path, access);
    }
    if (database->awaitsRollback())
        Database(path, Database::Access::readWrite).integer("PRAGMA schema_version");
    return database;
}

void migrate(Database& database, const std::filesystem::path& path, Database::Access access)
{
    const auto version = [&] {
        const auto found = database.integer("PRAGMA user_version");
        if (found < 0 || found > static_cast<std::int64_t>(migrations.size()))
            throw Error(path.string() + " was made by a newer Spacewright (its version is " + std::to_string(found) +
                        ", this program knows up to " + std::to_string(migrations.size()) +
                        "). Nothing was changed. Open it with a newer Spacewright.");
        return static_cast<std::size_t>(found);
    };
    checkSchema(database, path, version());
    // A result must survive a power cut; that costs a quarter of a millisecond per commit on an SSD. More than FULL is
    // EXTRA without a write-ahead log: there a commit is one when the journal's name is gone for good.
    if (access == Database::Access::readWrite)
        database.execute("PRAGMA synchronous = EXTRA");
    if (version() == migrations.size())
        return;
    if (access == Database::Access::readOnly) {
        database.execute("PRAGMA temp_store = MEMORY");
        for (auto i = version(); i < migrations.size(); ++i)
            database.execute(forReadingOnly.at(i));
        return;
    }
    if (version() > 0) {
        try {
            backUp(path);
        } catch (const Error&) { // on a full disk, say; the migration itself is all or nothing
        }
    }
    database.execute("PRAGMA foreign_keys = OFF"); // a table that is replaced would take those that refer to it along
    Transaction transaction(database);
    for (auto i = version(); i < migrations.size(); ++i) // asked again: another process may have been faster
        database.execute(migrations.at(i));
    database.execute("PRAGMA application_id = " + std::to_string(applicationId) +
                     "; PRAGMA user_version = " + std::to_string(migrations.size()));
    transaction.commit();
    database.execute("PRAGMA foreign_keys = ON");
}

} // namespace spacewright
