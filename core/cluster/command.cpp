// posix_spawn, with both outputs read until the program ends or its time is over.
#include "core/cluster/command.h"
#include "core/error.h"
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

namespace spacewright {
namespace {

using Clock = std::chrono::steady_clock;

class Pipe {
public:
    Pipe()
    {
        if (pipe2(m_ends.data(), O_CLOEXEC) != 0)
            throw Error(std::string("No pipe could be made: ") + std::strerror(errno) + ".");
    }
    ~Pipe()
    {
        close(m_ends[0]);
        closeWriting();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    int reading() const { return m_ends[0]; }
    int writing() const { return m_ends[1]; }
    void closeWriting()
    {
        if (m_ends[1] >= 0)
            close(std::exchange(m_ends[1], -1));
    }

private:
    std::array<int, 2> m_ends{};
};

pid_t spawn(const std::vector<std::string>& words, const Pipe& out, const Pipe& err)
{
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.writing(), 1);
    posix_spawn_file_actions_adddup2(&actions, err.writing(), 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none; // this program blocks the signals that it waits for
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t process = -1;
    const int problem = posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (problem != 0)
        throw Error("The command " + words.front() + " could not be started (" + std::strerror(problem) +
                    "). Is it installed, and in PATH?");
    return process;
}

/// Until both are closed; false when the time is over before.
bool readBoth(const Pipe& out, const Pipe& err, CommandResult& result, Clock::time_point deadline)
{
    std::array<pollfd, 2> ends{{{out.reading(), POLLIN, 0}, {err.reading(), POLLIN, 0}}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return false;
        if (poll(ends.data(), ends.size(), static_cast<int>(left)) <= 0)
            continue;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].fd < 0 || ends[i].revents == 0)
                continue;
            std::array<char, 4096> bytes{};
            const ssize_t n = read(ends[i].fd, bytes.data(), bytes.size());
            if (n > 0)
                (i == 0 ? result.out : result.err).append(bytes.data(), static_cast<std::size_t>(n));
            else if (n == 0 || errno != EINTR)
                ends[i].fd = -1;
        }
    }
    return true;
}

CommandResult runHere(const std::vector<std::string>& words, double seconds)
{
    Pipe out, err;
    const pid_t process = spawn(words, out, err);
    out.closeWriting();
    err.closeWriting();
    CommandResult result;
    const auto time = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    result.timedOut = !readBoth(out, err, result, Clock::now() + time);
    if (result.timedOut)
        kill(process, SIGKILL);
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

} // namespace

std::string shellWord(const std::string& text)
{
    const std::string plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos)
        return text;
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

RunCommand commandsOn(const std::string& host, double seconds)
{
    if (host.starts_with('-'))
        throw Error("\"" + host + "\" is no name of a host.");
    return [host, seconds](const std::vector<std::string>& words) {
        if (host.empty())
            return runHere(words, seconds);
        std::string line; // ssh gives it to a shell there
        for (const std::string& word : words)
            line += (line.empty() ? "" : " ") + shellWord(word);
        return runHere({"ssh", "-o", "BatchMode=yes", host, line}, seconds);
    };
}

} // namespace spacewright
