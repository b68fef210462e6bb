// SQLite's C API as three values.
#include "core/study/sqlite.h"
#include "core/study/integrity.h"
#include "core/study/sqlite_sentence.h"
#include "core/valid_utf8.h"
#include <sqlite3.h>
#include <unistd.h>
#include <array>
#include <cstdio>
#include <string_view>

namespace spacewright {
namespace {

/// "file:" with everything escaped that has a meaning there.
std::string uriOf(const std::filesystem::path& path, std::string_view query)
{
    std::string uri = "file:";
    for (const char c : path.string()) {
        if (c == '%' || c == '?' || c == '#') {
            std::array<char, 4> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "%%%02X", c);
            uri += escaped.data();
        } else {
            uri += c;
        }
    }
    return uri.append(query);
}

/// Reading a WAL database needs helper files beside it. Where they cannot be made and nobody else has made them, no
/// program is writing, and SQLite may be told so.
bool standsStill(const std::filesystem::path& path)
{
    return access(path.parent_path().c_str(), W_OK) != 0 && access((path.string() + "-wal").c_str(), F_OK) != 0;
}

/// The file may come from a stranger: nothing that it holds is to run, write over SQLite's own tables, or take all
/// memory.
void guard(sqlite3* connection)
{
    constexpr int mostBytes = 64 << 20; // of one value; a space that lists a hundred thousand networks has room
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, mostBytes);
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
}

} // namespace

void Database::Close::operator()(sqlite3* connection) const
{
    sqlite3_close(connection);
}

Database::Database(const std::filesystem::path& path, Access access) : m_path(path)
{
    // An absolute path cannot be mistaken for one of SQLite's special names (":memory:", "", "file:...").
    std::string name = std::filesystem::absolute(path).string();
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (access == Access::readWrite) {
        flags |= SQLITE_OPEN_READWRITE;
    } else {
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        name = uriOf(name, standsStill(name) ? "?immutable=1" : "");
    }
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &connection, flags, nullptr);
    m_connection.reset(connection);
    if (code != SQLITE_OK)
        fail(code);
    guard(connection);
    sqlite3_busy_timeout(connection, busyMilliseconds);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    if (access == Access::readWrite && sqlite3_db_readonly(connection, "main") == 1)
        fail(SQLITE_READONLY);
}

std::unique_ptr<Database> Database::inMemory()
{
    std::unique_ptr<Database> database(new Database);
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(":memory:", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
    database->m_connection.reset(connection);
    if (code != SQLITE_OK)
        database->fail(code);
    return database;
}

void Database::fail(int code) const
{
    const std::string detail = m_connection ? sqlite3_errmsg(m_connection.get()) : sqlite3_errstr(code);
    const int kind = code == SQLITE_IOERR_NOMEM ? SQLITE_NOMEM : code; // the disk has no part in that
    const std::string text = sentence(kind, m_path.string(), detail);
    if ((kind & 0xff) == SQLITE_CORRUPT)
        throw DamagedStudy(m_path, text);
    if (mayPassLater(kind))
        throw StorageError(text);
    throw Error(text);
}

Database::Header Database::header() const
{
    sqlite3_file* file = nullptr;
    sqlite3_file_control(m_connection.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    Header header{};
    const int code = file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        fail(code);
    return header;
}

bool Database::awaitsRollback() const
{
    return sqlite3_exec(m_connection.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr) ==
           SQLITE_READONLY_ROLLBACK;
}

void Database::execute(const std::string& sql)
{
    if (const int code = sqlite3_exec(m_connection.get(), sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(code);
}

std::int64_t Database::integer(const std::string& sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_connection.get());
}

std::int64_t Database::lastId() const
{
    return sqlite3_last_insert_rowid(m_connection.get());
}

void Database::copyTo(const std::filesystem::path& path) const
{
    const Database copy(path, Access::readWrite);
    sqlite3_backup* backup = sqlite3_backup_init(copy.m_connection.get(), "main", m_connection.get(), "main");
    if (!backup)
        copy.fail(sqlite3_errcode(copy.m_connection.get()));
    const int step = sqlite3_backup_step(backup, -1); // at once: other processes' writes would begin it anew
    const int code = sqlite3_backup_finish(backup);
    if (step != SQLITE_DONE)
        copy.fail(code != SQLITE_OK ? code : step);
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_connection.get()) == 0;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(Database& database, const std::string& sql) : m_database(database)
{
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database.m_connection.get(), sql.c_str(), static_cast<int>(sql.size() + 1), &statement,
                             nullptr));
    m_statement.reset(statement);
}

bool Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m_database.fail(code);
    return code == SQLITE_ROW;
}

void Statement::run()
{
    while (step()) {
    }
    reset();
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::optional<double> Statement::optionalReal(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(real(column));
}

std::string Statement::text(int column) const
{
    const bool isNone = isNull(column);
    const auto* characters = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    if (!characters && !isNone)
        m_database.fail(SQLITE_NOMEM);
    return characters ? validUtf8({characters, static_cast<std::size_t>(size)}) : std::string();
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get()); // repeats the error of the last step, which was thrown already
}

void Statement::bindAt(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement.get(), index, value));
}

void Statement::bindAt(int index, double value)
{
    check(sqlite3_bind_double(m_statement.get(), index, value));
}

void Statement::bindAt(int index, const std::string& value)
{
    check(sqlite3_bind_text64(m_statement.get(), index, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindAt(int index, std::nullopt_t)
{
    check(sqlite3_bind_null(m_statement.get(), index));
}

void Statement::check(int code) const
{
    if (code != SQLITE_OK)
        m_database.fail(code);
}

Transaction::Transaction(Database& database) : m_database(database), m_rollBack(database, "ROLLBACK")
{
    m_database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (m_committed || !m_database.isInTransaction()) // after a full disk SQLite may have rolled back by itself
        return;
    try {
        m_rollBack.run();
    } catch (const Error&) { // what led here is being thrown already
    }
}

void Transaction::commit()
{
    m_database.execute("COMMIT");
    m_committed = true;
}

} // namespace spacewright
