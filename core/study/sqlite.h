// SQLite's C API as three values: a connection, a statement with typed parameters and columns, and a transaction.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace spacewright {

/// One open connection to an existing file; for one thread at a time. Whatever SQLite reports is thrown as an Error
/// whose sentence names the file and says what is safe; a StorageError where the step may succeed later. Construction
/// and `header` leave the file untouched.
class Database {
public:
    enum class Access { readOnly, readWrite };
    /// For reading, a folder that cannot be written is no hindrance as long as no "-wal" file is there.
    Database(const std::filesystem::path&, Access);
    static std::unique_ptr<Database> inMemory(); ///< an empty one without a file

    /// The first 100 bytes of the file as they are on disk, zeros beyond its end. (Opening the file a second time by
    /// other means would do harm: closing it drops the locks of every connection that this process has to it.)
    using Header = std::array<char, 100>;
    Header header() const;

    /// For reading: whether a change that was interrupted must be rolled back first, which takes a connection for
    /// writing.
    bool awaitsRollback() const;

    void execute(const std::string& sql);         ///< any number of statements without parameters
    std::int64_t integer(const std::string& sql); ///< first column of the first row; 0 without rows
    std::int64_t changes() const;                 ///< rows that the last INSERT, UPDATE or DELETE changed
    std::int64_t lastId() const;                  ///< of the last row inserted
    /// Writes all of it, as the last commit left it, into the database at the path: an empty file, or one that is lost.
    void copyTo(const std::filesystem::path&) const;

private:
    Database() = default;
    friend class Statement;
    friend class Transaction;
    [[noreturn]] void fail(int code) const;
    bool isInTransaction() const;

    struct Close {
        void operator()(sqlite3*) const;
    };
    std::filesystem::path m_path;
    std::unique_ptr<sqlite3, Close> m_connection;
};

/// A prepared statement; ends before its Database. Columns count from 0; a NULL column reads as 0, "" or none, and text
/// that is not UTF-8 as validUtf8 (core/valid_utf8.h) makes it.
class Statement {
public:
    Statement(Database&, const std::string& sql);

    /// Binds the parameters in order, all of them, and makes the statement ready to step.
    template <class... Values>
    Statement& bind(const Values&... values)
    {
        reset();
        int index = 0;
        (bindAt(++index, values), ...);
        return *this;
    }
    bool step(); ///< true: there is a row
    void run();  ///< steps to the end

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::optional<double> optionalReal(int column) const;
    std::string text(int column) const;

private:
    void reset();
    void bindAt(int index, std::int64_t);
    void bindAt(int index, int value) { bindAt(index, std::int64_t{value}); }
    void bindAt(int index, double); ///< NaN becomes NULL
    void bindAt(int index, const std::string&);
    void bindAt(int index, std::nullopt_t);
    template <class T>
    void bindAt(int index, const std::optional<T>& value)
    {
        value ? bindAt(index, *value) : bindAt(index, std::nullopt);
    }
    void check(int code) const;

    struct Finalize {
        void operator()(sqlite3_stmt*) const;
    };
    Database& m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// Holds the write lock from construction on. Unless committed, the destructor rolls back. All statements must have
/// run to their end before `commit`.
class Transaction {
public:
    explicit Transaction(Database&);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& m_database;
    Statement m_rollBack; ///< made beforehand: where memory has run out nothing can be prepared any more
    bool m_committed = false;
};

} // namespace spacewright
