// The SQLite wrapper: typed values, transactions, and each kind of trouble as its own sentence.
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <fcntl.h>
#include <cmath>
#include <limits>

namespace spacewright {
namespace {

using Access = Database::Access;

class SqliteTest : public StudyTest {
protected:
    /// The empty file that a Database needs.
    static const std::filesystem::path& made(const std::filesystem::path& path)
    {
        std::ofstream{path};
        return path;
    }

    Database database{made(file), Access::readWrite};
};

TEST_F(SqliteTest, everyTypeIsBoundAndReadBack)
{
    database.execute("CREATE TABLE t (a, b, c, d, e, f)");
    const std::string text("zero \0 inside, \xc3\xa4 too", 22);
    Statement(database, "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)")
        .bind(std::numeric_limits<std::int64_t>::min(), -3, 0.1, text, std::nullopt, std::optional<double>(2.5))
        .run();
    Statement row(database, "SELECT * FROM t");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(row.integer(1), -3);
    EXPECT_EQ(row.real(2), 0.1);
    EXPECT_EQ(row.text(3), text);
    EXPECT_TRUE(row.isNull(4));
    EXPECT_EQ(row.text(4), "");
    EXPECT_EQ(row.optionalReal(4), std::nullopt);
    EXPECT_EQ(row.optionalReal(5), 2.5);
    EXPECT_FALSE(row.step());
}

TEST_F(SqliteTest, textThatIsNoUtf8ReadsAsTextAllTheSame)
{
    // A byte alone, a character that is too long, half of a pair, one that is cut off, and two that are well.
    Statement row(database, "SELECT CAST(x'41FF42' AS TEXT), CAST(x'C0AF' AS TEXT), CAST(x'EDA080' AS TEXT), "
                            "CAST(x'F09F98' AS TEXT), CAST(x'C3A4F09F9880' AS TEXT)");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), "A\uFFFDB");
    EXPECT_EQ(row.text(1), "\uFFFD\uFFFD");
    EXPECT_EQ(row.text(2), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(row.text(3), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(row.text(4), "\u00E4\U0001F600");
}

TEST_F(SqliteTest, notANumberIsKeptAsNull)
{
    database.execute("CREATE TABLE t (a)");
    Statement insert(database, "INSERT INTO t VALUES (?)");
    insert.bind(std::nan("")).run();
    insert.bind(std::numeric_limits<double>::infinity()).run();
    EXPECT_EQ(database.integer("SELECT count(*) FROM t WHERE a IS NULL"), 1);
}

TEST_F(SqliteTest, valuesAreNeverReadAsSql)
{
    database.execute("CREATE TABLE t (a)");
    Statement(database, "INSERT INTO t VALUES (?)").bind(std::string("'); DROP TABLE t; --")).run();
    EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 1);
}

TEST_F(SqliteTest, anExceptionRollsTheTransactionBack)
{
    database.execute("CREATE TABLE t (a)");
    EXPECT_THROW(
        {
            Transaction transaction(database);
            database.execute("INSERT INTO t VALUES (1)");
            throw Error("in the middle");
        },
        Error);
    EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 0);
    {
        Transaction transaction(database);
        database.execute("INSERT INTO t VALUES (1)");
        transaction.commit();
    }
    EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 1);
}

TEST_F(SqliteTest, afterAFullDiskWhatWasThereIsThereAndTheConnectionWorksOn)
{
    database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1); PRAGMA max_page_count = 3");
    const auto fill = [&] {
        Transaction transaction(database);
        database.execute("INSERT INTO t VALUES (2); INSERT INTO t VALUES (zeroblob(100000))");
        transaction.commit();
    };
    EXPECT_ERROR(fill(), "The disk is full");
    EXPECT_ERROR(fill(), "Nothing that was recorded is lost");
    EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 1);
    database.execute("INSERT INTO t VALUES (3)");
    EXPECT_EQ(database.integer("SELECT sum(a) FROM t"), 4);
}

TEST_F(SqliteTest, aFileLockedByAnotherIsASentence)
{
    Database other(file, Access::readWrite);
    other.execute("PRAGMA busy_timeout = 0");
    const Transaction transaction(database);
    EXPECT_ERROR(other.execute("BEGIN IMMEDIATE"), "was locked by another program");
    EXPECT_EQ(Database(file, Access::readWrite).integer("PRAGMA busy_timeout"), 10000);
}

TEST_F(SqliteTest, aConnectionForReadingRefusesToWrite)
{
    database.execute("CREATE TABLE t (a)");
    Database reader(file, Access::readOnly);
    EXPECT_ERROR(reader.execute("INSERT INTO t VALUES (1)"), "cannot be changed");
    EXPECT_EQ(reader.integer("SELECT count(*) FROM t"), 0);
}

TEST_F(SqliteTest, brokenReferencesAndWrongSqlAreErrors)
{
    database.execute("CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a (id))");
    EXPECT_ERROR(database.execute("INSERT INTO b VALUES (7)"), "FOREIGN KEY constraint failed");
    EXPECT_ERROR(Statement(database, "SELEC"), "syntax error");
    EXPECT_ERROR(Statement(database, "SELECT 1").bind(1), "out of range");
}

TEST_F(SqliteTest, aFileThatIsNoDatabaseIsASentence)
{
    std::ofstream(file) << std::string(5000, 'x');
    EXPECT_ERROR(Database(file, Access::readOnly).integer("SELECT count(*) FROM sqlite_schema"), "is no study");
    EXPECT_ERROR(Database(folder / "missing", Access::readWrite), "cannot be opened");
    EXPECT_FALSE(std::filesystem::exists(folder / "missing"));
}

TEST_F(SqliteTest, namesWithCharactersOfUrisOpen)
{
    const auto odd = folder / "50%41 of a?mode=memory#b.study";
    Database(made(odd), Access::readWrite).execute("CREATE TABLE t (a)");
    EXPECT_EQ(Database(odd, Access::readOnly).integer("SELECT count(*) FROM sqlite_schema"), 1);
}

/// Whether another process sees the lock that a writing transaction holds (byte 2^30 + 1, sqlite.org/lockingv3.html).
bool isLockedForOthers(const std::filesystem::path& path)
{
    ChildProcess other([&](const auto& say) {
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_start = 0x40000001;
        lock.l_len = 1;
        fcntl(open(path.c_str(), O_RDWR), F_GETLK, &lock);
        say(lock.l_type == F_UNLCK ? "free" : "locked");
    });
    return other.answer() == "locked";
}

TEST_F(SqliteTest, readingTheHeaderKeepsTheLocksOfOtherConnections)
{
    database.execute("CREATE TABLE t (a)");
    {
        const Transaction transaction(database);
        EXPECT_EQ(std::string(Database(file, Access::readOnly).header().data()), "SQLite format 3");
        EXPECT_TRUE(isLockedForOthers(file));
    }
    EXPECT_FALSE(isLockedForOthers(file));
}

} // namespace
} // namespace spacewright
