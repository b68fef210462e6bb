// What the tests of the study share: a folder of their own, small samples, a second process, the text of an Error.
#pragma once
#include "core/design/sampler.h"
#include "core/error.h"
#include "core/study/study.h"
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

namespace spacewright {

/// The sentence that `action` throws; empty when it throws none.
inline std::string errorOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

#define EXPECT_ERROR(action, part) EXPECT_PRED_FORMAT2(testing::IsSubstring, part, errorOf([&] { action; }))

inline std::string bytesOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class StudyTest : public testing::Test {
protected:
    StudyTest()
    {
        std::string name = testing::TempDir() + "spacewright-XXXXXX";
        folder = mkdtemp(name.data());
        std::filesystem::permissions(folder, std::filesystem::perms(0755)); // for tests as another user
        file = folder / "small.study";
    }
    ~StudyTest() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder;
    std::filesystem::path file;
};

inline Sample smallSample(std::int64_t index)
{
    Sample sample;
    sample.index = index;
    sample.network.resolution = 28;
    sample.network.stages = {{1, 16 + 8 * static_cast<int>(index), 1, 8, 2, 3}};
    sample.network.stages[0].groupWidth = sample.network.stages[0].width; // fits every width
    sample.complexity = complexity(sample.network);
    sample.drawnGroupWidths = {sample.network.stages[0].groupWidth};
    return sample;
}

inline StudySpace smallSpace()
{
    StudySpace space;
    space.space = namedSpace("AnyNetX_A");
    space.space.prototype.resolution = 28;
    space.seed = 7;
    return space;
}

/// A study with one space of `n` waiting models of sample index 0 .. n-1.
inline Study studyOf(const std::filesystem::path& file, int n)
{
    Study study = Study::create(file, Recipe{});
    const SpaceId space = study.addSpace(smallSpace());
    std::vector<Sample> samples;
    for (int i = 0; i < n; ++i)
        samples.push_back(smallSample(i));
    study.addModels(space, samples, n);
    return study;
}

/// A forked process. What it says arrives as whole lines; after `work` it ends. SQLite connections must not cross a
/// fork, so open none before.
class ChildProcess {
public:
    using Say = std::function<void(const std::string&)>;
    explicit ChildProcess(const std::function<void(const Say&)>& work)
    {
        int ends[2];
        if (pipe(ends) != 0 || (m_process = fork()) < 0)
            throw Error("No second process could be started.");
        close(ends[m_process == 0 ? 0 : 1]);
        if (m_process != 0) {
            m_answers = fdopen(ends[0], "r");
            return;
        }
        const Say say = [&](const std::string& line) {
            const std::string text = line + "\n";
            if (write(ends[1], text.data(), text.size()) != static_cast<ssize_t>(text.size()))
                _exit(1);
        };
        try {
            say(errorOf([&] { work(say); }));
        } catch (const std::exception& error) {
            say(std::string("unexpected: ") + error.what());
        }
        _exit(0);
    }
    ~ChildProcess()
    {
        kill();
        waitpid(m_process, nullptr, 0);
        fclose(m_answers);
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// The next line, waited for; empty when the process has ended.
    std::string answer()
    {
        std::string line;
        for (int c = fgetc(m_answers); c != EOF && c != '\n'; c = fgetc(m_answers))
            line += static_cast<char>(c);
        return line;
    }
    /// Returns when it is dead; nobody has waited for it yet, so that its number is still taken.
    void kill() const
    {
        ::kill(m_process, SIGKILL);
        siginfo_t ignored;
        waitid(P_PID, static_cast<id_t>(m_process), &ignored, WEXITED | WNOWAIT);
    }

private:
    pid_t m_process = -1;
    FILE* m_answers = nullptr;
};

/// For tests of missing permission: root, whom no permission bits stop, becomes "nobody".
inline void becomeOrdinaryUser()
{
    constexpr int nobody = 65534;
    if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
        throw Error("This process cannot give up its rights.");
}

} // namespace spacewright
