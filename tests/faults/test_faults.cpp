// Every step of a study's life, on a system whose n-th write, sync, lock, allocation... fails, for every n until the
// step succeeds undisturbed.
#include "core/study/backup.h"
#include "core/study/integrity.h"
#include "faulty_system.h"
#include "study_fixture.h"
#include "study_life.h"
#include <sqlite3.h>
#include <algorithm>

namespace spacewright::faults {
namespace {

using enum Call;

const std::vector<Fault> faultTable{
    {.name = "full", .calls = {write}, .code = SQLITE_FULL},
    {.name = "full, and stays so", .calls = {write}, .code = SQLITE_FULL, .stays = true},
    {.name = "full in the middle of a write", .calls = {write}, .code = SQLITE_FULL, .half = true},
    {.name = "error of a write", .calls = {write}, .code = SQLITE_IOERR_WRITE},
    {.name = "error in the middle of a write", .calls = {write}, .code = SQLITE_IOERR_WRITE, .half = true},
    {.name = "error of all that changes",
     .calls = {write, sync, truncate, remove},
     .code = SQLITE_IOERR,
     .stays = true},
    {.name = "error of a sync", .calls = {sync}, .code = SQLITE_IOERR_FSYNC},
    {.name = "error of a read", .calls = {read}, .code = SQLITE_IOERR_READ},
    {.name = "error of a truncation", .calls = {truncate}, .code = SQLITE_IOERR_TRUNCATE},
    {.name = "error of a removal", .calls = {remove}, .code = SQLITE_IOERR_DELETE},
    {.name = "size not to be told", .calls = {size}, .code = SQLITE_IOERR_FSTAT},
    {.name = "no memory to be shared", .calls = {mapMemory}, .code = SQLITE_IOERR_SHMMAP},
    {.name = "a file does not open", .calls = {open}, .code = SQLITE_CANTOPEN},
    {.name = "no file opens any more", .calls = {open}, .code = SQLITE_CANTOPEN, .stays = true},
    {.name = "locked once", .calls = {lock, lockMemory}, .code = SQLITE_BUSY},
    {.name = "locked, and stays so", .calls = {lock, lockMemory}, .code = SQLITE_BUSY, .stays = true},
    {.name = "no memory", .calls = {allocate}, .code = SQLITE_NOMEM},
    {.name = "no memory any more", .calls = {allocate}, .code = SQLITE_NOMEM, .stays = true},
    {.name = "locks fail", .calls = {lock, lockMemory}, .code = SQLITE_IOERR_LOCK},
};

/// What a person reads must say that nothing is lost or changed, or what to do.
bool isClear(const std::string& sentence)
{
    for (const char* part : {"Nothing that was recorded is lost", "Nothing was changed", "nothing is left of it"})
        if (sentence.find(part) != std::string::npos)
            return true;
    return false;
}

class Faults : public StudyTest, public testing::WithParamInterface<Fault> {
protected:
    /// The step on a copy of the study as it was before, with the fault at the n-th call. Whether the fault was met.
    bool tryOnce(const Step& step, const std::string& before, const std::string& after, int n)
    {
        SCOPED_TRACE(std::string(step.name) + ", call " + std::to_string(n));
        Life life{.file = file};
        bool closed = false;
        breakSystem(GetParam(), n);
        const std::string problem = errorOf([&] {
            step.work(life);
            life.study.reset();
            closed = true;
        });
        const bool met = mendSystem();
        EXPECT_TRUE(problem.empty() || isClear(problem)) << problem;
        EXPECT_TRUE(problem.empty() || met) << problem;
        const std::string found = m_contents.of(file);
        if (problem.empty()) {
            EXPECT_EQ(found, after);
        } else if (found.starts_with("no study") && before.starts_with("no study")) {
            EXPECT_FALSE(std::filesystem::exists(file));
        } else {
            EXPECT_TRUE(found == before || (step.mayHappen && found == after)) << problem << found;
        }
        if (!closed) {
            EXPECT_EQ(errorOf([&] { step.work(life); }), "") << "again, after: " << problem;
            life.study.reset();
            EXPECT_EQ(m_contents.of(file), after) << "again, after: " << problem;
        }
        EXPECT_EQ(errorOf([&] { checkIntegrity(file); }), "") << problem;
        return met;
    }

    /// For every n; of allocations, which are many, for every 97th, beginning with another one at each step.
    void tryAll(const Step& step, const std::function<void()>& prepare)
    {
        const int stride = GetParam().calls.front() == allocate ? 97 : 1;
        prepare();
        const std::string before = m_contents.of(file);
        {
            Life life{.file = file};
            step.work(life);
        }
        const std::string after = m_contents.of(file);
        for (int n = 1 + m_begin++ % stride; !HasFailure(); n += stride) {
            prepare();
            if (!tryOnce(step, before, after, n))
                return;
        }
    }

    void copyOf(const std::filesystem::path& study)
    {
        for (const char* part : {"-wal", "-shm", "-journal", ".backups"})
            std::filesystem::remove_all(file.string() + part);
        if (std::filesystem::exists(study))
            std::filesystem::copy_file(study, file, std::filesystem::copy_options::overwrite_existing);
        else
            std::filesystem::remove(file);
    }

private:
    int m_begin = 0;
    Contents m_contents;
};

TEST_P(Faults, aStepEitherHappensOrSaysWhyNotAndCanBeRepeated)
{
    const auto past = folder / "template.study";
    Life life{.file = past};
    for (const Step& step : steps()) {
        tryAll(step, [&] { copyOf(past); });
        if (HasFailure())
            return;
        step.work(life);
        life.study.reset();
    }
}

TEST_P(Faults, anOlderStudyIsBroughtToThisVersionOrStaysOld)
{
    const auto old = folder / "old.study";
    studyOf(old, 3).claimNext();
    makeOld(old);
    tryAll({"migrate", [](Life& life) { life.study.emplace(life.file, Study::Access::readWrite); }, true},
           [&] { copyOf(old); });
}

TEST_P(Faults, aBackupIsSoundOrNotThere)
{
    const auto original = folder / "original.study";
    studyOf(original, 30);
    const std::string content = contentOf(original);
    bool met = true;
    for (int n = 1; met && !HasFailure(); n += GetParam().calls.front() == allocate ? 97 : 1) {
        SCOPED_TRACE(n);
        copyOf(original);
        breakSystem(GetParam(), n);
        const std::string problem = errorOf([&] { backUp(file); });
        met = mendSystem();
        EXPECT_EQ(contentOf(file), content);
        EXPECT_EQ(newestBackup(file).has_value(), problem.empty()) << problem;
        for (const auto& entry : std::filesystem::directory_iterator(file.string() + ".backups")) {
            EXPECT_EQ(entry.path().filename(), "1.study") << problem;
            EXPECT_EQ(contentOf(entry.path()), content);
        }
        EXPECT_EQ(errorOf([&] { backUp(file); }), "");
    }
}

std::string nameOf(const testing::TestParamInfo<Fault>& info)
{
    std::string name(info.param.name);
    std::erase(name, ',');
    std::ranges::replace(name, ' ', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Faults, testing::ValuesIn(faultTable), nameOf);

} // namespace
} // namespace spacewright::faults
