// Bundles whose elements are processes of this machine: no SLURM is needed.
#include "core/study/owner.h"
#include "small_study.h"
#include <chrono>
#include <cstdlib>
#include <thread>

namespace {

class CliCluster : public SmallStudy {
protected:
    std::string submit(const std::string& options) const
    {
        return "cluster submit " + inQuotes(m_study) + " --engine " + options + " --bundle " + inQuotes(m_bundle);
    }
    /// In the journals of all attempts.
    std::size_t results() const
    {
        std::size_t n = 0;
        std::error_code moved;
        for (const char* place : {"attempts", "results"})
            for (const auto& attempt : fs::directory_iterator(m_bundle / place, moved)) {
                const std::string journal = contents(attempt.path() / "journal.jsonl");
                for (std::size_t at = 0; (at = journal.find("\"result\"", at)) != std::string::npos; ++at)
                    ++n;
            }
        return n;
    }

    /// What the study came to is what a `run` of the other, which is the same, comes to.
    void expectTheNumbersOfARun(const fs::path& other) const
    {
        ASSERT_EQ(cli("run " + inQuotes(other) + " --device cpu").code, 0);
        EXPECT_EQ(errors(m_study), errors(other));
    }

    const fs::path m_bundle = m_folder / "a.bundle";
};

TEST_F(CliCluster, processesHereTrainTheSameNumbersAsARun)
{
    const fs::path other = m_folder / "b.study";
    ASSERT_EQ(create(m_study, m_folder, 6, 4).code, 0);
    fs::copy_file(m_study, other);
    const Result trained = cli(submit("local --tasks 2 --json"));
    EXPECT_EQ(trained.code, 0) << trained.err;
    EXPECT_EQ(trained.json()["taken"], 6);
    EXPECT_EQ(trained.json()["open"], 0);
    expectTheNumbersOfARun(other);
}

TEST_F(CliCluster, anInterruptEndsTheProcessesAndWhatIsLeftWaitsHereAgain)
{
    const fs::path other = m_folder / "b.study";
    ASSERT_EQ(create(m_study, m_folder, 8, 20).code, 0);
    fs::copy_file(m_study, other);
    const Result stopped = cliInterrupted(submit("local --tasks 2"), [&](const std::string&) {
        for (int tries = 0; results() == 0 && tries < 6000; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return true;
    });
    EXPECT_EQ(stopped.code, 0) << stopped.err;
    const json counts = status(m_study)["counts"];
    EXPECT_EQ(counts["running"], 0);
    EXPECT_GT(counts["waiting"], 0);
    EXPECT_LT(counts["waiting"], 8);
    EXPECT_TRUE(has(stopped.err, std::to_string(counts["waiting"].get<int>()) + " models wait in ")) << stopped.err;
    ASSERT_EQ(cli("run " + inQuotes(m_study) + " --device cpu").code, 0);
    expectTheNumbersOfARun(other);
}

TEST_F(CliCluster, forOtherSchedulersTheCommandOfAnElementIsPrintedAndTrains)
{
    const fs::path other = m_folder / "b.study";
    ASSERT_EQ(create(m_study, m_folder, 3, 2).code, 0);
    fs::copy_file(m_study, other);
    const Result printed = cli(submit("print --tasks 1"));
    EXPECT_EQ(printed.code, 0) << printed.err;
    const std::size_t words = printed.out.find(" cluster work ");
    ASSERT_NE(words, std::string::npos) << printed.out;
    const std::string command = printed.out.substr(words, printed.out.find('\n', words) - words);
    EXPECT_EQ(status(m_study)["counts"]["lent"], 3);
    EXPECT_EQ(status(m_study)["spaces"][0]["counts"]["lent"], 3);
    EXPECT_TRUE(has(cli("status " + inQuotes(m_study)).out, "3 of those that run do so on a cluster"));
    const Result nothing = cli("run " + inQuotes(m_study) + " --device cpu");
    EXPECT_TRUE(has(nothing.out, "3 remain, 3 of them on a cluster")) << nothing.out << nothing.err;
    const Result element = cli(command.substr(1, command.find(" --job") - 1) + " --job night7 --element 0");
    EXPECT_EQ(element.code, 0) << element.err;
    EXPECT_EQ(cli("cluster collect " + inQuotes(m_study) + " --json").json()[0]["taken"], 3);
    expectTheNumbersOfARun(other);
}

TEST_F(CliCluster, anElementWithoutTheGpusThatItWasPromisedEndsAtOnceAndSaysSo)
{
    ASSERT_EQ(create(m_study, m_folder, 2, 1).code, 0);
    ASSERT_EQ(cli(submit("print --tasks 1 --sbatch-line --gpus-per-node=1")).code, 0);
    setenv("CUDA_VISIBLE_DEVICES", "", 1);
    const Result element = cli("cluster work " + inQuotes(m_bundle) + " --job a --element 0");
    unsetenv("CUDA_VISIBLE_DEVICES");
    EXPECT_EQ(element.code, 1);
    EXPECT_TRUE(fs::is_empty(m_bundle / "attempts")); // nobody has to wait until its lease runs out
    const json problems = cli("cluster status " + inQuotes(m_study) + " --json").json()[0]["problems"];
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_TRUE(has(problems[0], "An element reported: ") && has(problems[0], "\"cuda\"")) << problems[0];
}

TEST_F(CliCluster, anElementRemovesWhatKilledOnesLeftOnItsMachine)
{
    ASSERT_EQ(create(m_study, m_folder, 1, 1).code, 0);
    ASSERT_EQ(cli(submit("print --tasks 1")).code, 0);
    std::string dead = spacewright::thisOwner();
    dead = dead.substr(0, dead.rfind('/')) + "/1"; // who had this process's number before
    const fs::path place = m_folder / "temporary", left = place / ("spacewright-" + spacewright::asFileName(dead)),
                   others = place / ("spacewright-" + spacewright::asFileName("elsewhere/1/1"));
    for (const fs::path& folder : {left, others})
        fs::create_directories(folder);
    setenv("TMPDIR", place.c_str(), 1);
    EXPECT_EQ(cli("cluster work " + inQuotes(m_bundle) + " --job a --element 0").code, 0);
    unsetenv("TMPDIR");
    EXPECT_EQ(std::vector<fs::path>(fs::directory_iterator(place), {}), std::vector{others});
}

TEST_F(CliCluster, aBundleThatIsGoneKeepsNobodyFromTheOthers)
{
    ASSERT_EQ(create(m_study, m_folder, 3, 1).code, 0);
    const fs::path other = m_folder / "other.bundle";
    ASSERT_EQ(cli(submit("print --models 1")).code, 0);
    ASSERT_EQ(cli("cluster submit " + inQuotes(m_study) + " --engine print --bundle " + inQuotes(other)).code, 0);
    fs::remove_all(other);
    for (const char* command : {"status", "collect"}) {
        const Result result = cli(std::string("cluster ") + command + " --json " + inQuotes(m_study));
        EXPECT_EQ(result.code, 0);
        EXPECT_EQ(result.json().size(), 1U);
        EXPECT_TRUE(has(result.err, other.string()) && has(result.err, "`cluster cancel`")) << result.err;
    }
}

} // namespace
