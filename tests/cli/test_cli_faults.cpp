// The terminal program where things go wrong: damaged studies, disks that vanish, a stop with helper processes.
#include "small_study.h"
#include <chrono>
#include <fstream>
#include <thread>

namespace {

class CliFaults : public SmallStudy {};

/// Overwrites the first ("min") or last ("max") page of the table of models.
void damage(const fs::path& study, const std::string& which)
{
    std::int64_t page = 0;
    {
        spacewright::Database database(study, spacewright::Database::Access::readOnly);
        page = database.integer("SELECT " + which + "(pageno) FROM dbstat WHERE name = 'model' AND pagetype = 'leaf'");
    }
    ASSERT_GT(page, 1);
    std::fstream file(study, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * 4096);
    file << std::string(4096, 'x');
}

TEST_F(CliFaults, recoverSavesWhatIsLeftOfADamagedStudyAndNamesWhatIsNot)
{
    ASSERT_EQ(create(m_study, m_folder, 60, 4).code, 0);
    damage(m_study, "min");
    const std::string before = contents(m_study);
    const fs::path text = m_folder / "text.study", saved = m_folder / "saved.study";
    const Result words = cli("recover " + inQuotes(m_study) + " -o " + inQuotes(text));
    EXPECT_EQ(words.code, 0) << words.err;
    EXPECT_TRUE(has(words.out, "text.study: 1 space and ")) << words.out;
    EXPECT_TRUE(has(words.out, "a.study was left as it is")) << words.out;
    EXPECT_TRUE(has(words.out, "  models that are lost: ")) << words.out;
    EXPECT_FALSE(has(words.out, "nothing that could be looked for is missing")) << words.out;
    const Result result = cli("recover " + inQuotes(m_study) + " --json -o " + inQuotes(saved));
    EXPECT_EQ(result.code, 0) << result.err;
    const json found = result.json();
    EXPECT_GT(found["models"], 0);
    EXPECT_FALSE(found["lost_models"].empty());
    EXPECT_EQ(found["models"].get<std::size_t>() + found["lost_models"].size(), 60u);
    EXPECT_EQ(found["backup"], "");
    EXPECT_EQ(contents(m_study), before);
    EXPECT_EQ(status(saved)["counts"]["waiting"], found["models"]);
    const Result run = cli("run " + inQuotes(saved) + " --models 1 --device cpu --json");
    EXPECT_EQ(run.json()["finished"], 1) << run.err;
}

TEST_F(CliFaults, recoverSaysWhereItCannotTellWhatIsLost)
{
    ASSERT_EQ(create(m_study, m_folder, 60, 4).code, 0);
    damage(m_study, "max");
    const std::string from = "recover " + inQuotes(m_study);
    const Result words = cli(from + " -o " + inQuotes(m_folder / "text.study"));
    EXPECT_EQ(words.code, 0) << words.err;
    EXPECT_TRUE(has(words.out, "  what followed the last of them cannot be read: there may have been more\n"))
        << words.out;
    EXPECT_FALSE(has(words.out, "nothing that could be looked for is missing")) << words.out;
    EXPECT_TRUE(cli(from + " --json -o " + inQuotes(m_folder / "saved.study")).json()["end_unreadable"]);
}

TEST_F(CliFaults, recoverCopiesASoundStudyAndSaysThatNothingIsMissing)
{
    ASSERT_EQ(create(m_study, m_folder, 3, 1).code, 0);
    ASSERT_EQ(cli("run " + inQuotes(m_study) + " --device cpu --models 2").code, 0);
    const fs::path saved = m_folder / "saved.study";
    const Result words = cli("recover " + inQuotes(m_study) + " -o " + inQuotes(saved));
    EXPECT_EQ(words.code, 0) << words.err;
    EXPECT_TRUE(has(words.out, "saved.study: 1 space and 3 models\n  nothing that could be looked for is missing"))
        << words.out;
    EXPECT_EQ(errors(saved), errors(m_study));
}

TEST_F(CliFaults, recoverOverwritesNothingAndRefusesWhatIsNotThereOrNoStudy)
{
    ASSERT_EQ(create(m_study, m_folder, 3, 1).code, 0);
    const fs::path mine = m_folder.write("mine", "mine");
    const Result occupied = cli("recover " + inQuotes(m_study) + " -o " + inQuotes(mine));
    EXPECT_EQ(occupied.code, 1);
    EXPECT_TRUE(has(occupied.err, "exists already")) << occupied.err;
    EXPECT_EQ(contents(mine), "mine");
    for (const fs::path& study : {m_folder / "none.study", mine}) {
        const Result result = cli("recover " + inQuotes(study) + " -o " + inQuotes(m_folder / "new.study"));
        EXPECT_EQ(result.code, 1);
        EXPECT_TRUE(has(result.err, study.string())) << result.err;
        EXPECT_FALSE(fs::exists(m_folder / "new.study"));
    }
    EXPECT_FALSE(fs::exists(m_folder / "none.study")) << "looking for it does not make it";
    EXPECT_EQ(cli("recover " + inQuotes(m_study)).code, 2) << "where to?";
}

/// How many processes were started with these words among their own.
int processesOf(const std::string& words)
{
    int count = 0;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator("/proc"))
        count += fs::exists(entry.path() / "cmdline", gone) && has(contents(entry.path() / "cmdline"), words);
    return count;
}

TEST_F(CliFaults, anInterruptEndsTheHelperProcessesTooAndTheNextRunGoesOn)
{
    const fs::path other = m_folder / "b.study";
    ASSERT_EQ(create(m_study, m_folder, 4, 20).code, 0);
    fs::copy_file(m_study, other);
    int helpers = 0;
    const Result stopped = cliInterrupted(
        "run " + inQuotes(m_study) + " --workers 2 --isolated --device cpu --json", [&](const std::string& line) {
            const bool isResult = has(line, "finished");
            if (isResult && helpers == 0)
                helpers = processesOf("worker" + std::string(1, '\0') + m_study.string());
            return isResult;
        });
    EXPECT_EQ(stopped.code, 0) << stopped.err;
    EXPECT_GT(helpers, 0) << stopped.err;
    EXPECT_TRUE(has(stopped.err, "Stopping")) << stopped.err;
    EXPECT_FALSE(has(stopped.err, "helper process")) << "none crashed: " << stopped.err;
    EXPECT_EQ(processesOf(m_study.string()), 0);
    const json counts = status(m_study)["counts"];
    EXPECT_EQ(counts["running"], 0);
    EXPECT_EQ(counts["waiting"], stopped.json()["remaining"]);
    EXPECT_GT(counts["waiting"], 0);
    EXPECT_EQ(cli("run " + inQuotes(m_study) + " --isolated --device cpu --json").json()["remaining"], 0);
    EXPECT_EQ(cli("run " + inQuotes(other) + " --device cpu --json").json()["remaining"], 0);
    EXPECT_EQ(errors(m_study), errors(other));
}

class CliDisk : public CliFaults, public testing::WithParamInterface<const char*> {};

TEST_P(CliDisk, aRunWhoseDiskIsPulledOutWaitsAndGoesOnWhenItIsBack)
{
    const fs::path disk = m_folder / "disk", gone = m_folder / "gone", other = m_folder / "b.study";
    fs::create_directory(disk);
    ASSERT_EQ(create(disk / "a.study", m_folder, 3, 40).code, 0);
    fs::copy_file(disk / "a.study", other);
    const std::string options = std::string(GetParam()) + " --workers 1 --device cpu --json";
    const Result result = cliInterrupted("run " + inQuotes(disk / "a.study") + options, [&](const std::string& line) {
        if (has(line, "model 1 of")) // whatever it does just now: in which words it waits differs
            fs::rename(disk, gone);
        else if (has(line, "Training waits with all it has, and goes on by itself.")) {
            std::this_thread::sleep_for(
                std::chrono::seconds(6)); // longer than what shows progress goes without reading
            fs::rename(gone, disk);
        }
        return false;
    });
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_TRUE(has(result.err, "The disk takes what is written again: training goes on.")) << result.err;
    EXPECT_EQ(result.json()["finished"], 3);
    ASSERT_EQ(cli("run " + inQuotes(other) + " --workers 1 --device cpu").code, 0);
    EXPECT_EQ(errors(disk / "a.study"), errors(other));
}

INSTANTIATE_TEST_SUITE_P(Run, CliDisk, testing::Values("", " --isolated"),
                         [](const auto& info) { return *info.param ? "isolated" : "threads"; });

} // namespace
