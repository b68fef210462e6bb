// posix_spawn, a socket and a pipe.
#include "gpu/isolated/helper_process.h"
#include "core/error.h"
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spacewright {

namespace {

/// The program itself and not a file of some name: it runs also after it was replaced by an update.
constexpr const char* program = "/proc/self/exe";

/// The helper's ends of a socket and a pipe are its input and output; it must not inherit which signals are blocked
/// here. What posix_spawn returns.
int spawn(pid_t& process, const std::vector<std::string>& words, int input, int output)
{
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str())); // the interface is older than const
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    const int problem = posix_spawn(&process, program, &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return problem;
}

} // namespace

HelperProcess::HelperProcess(const EngineOptions& options)
{
    std::array<int, 2> input{-1, -1}, output{-1, -1};
    // A socket, since writing to a broken pipe would be a signal.
    int problem = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0 ||
                          pipe2(output.data(), O_CLOEXEC | O_NONBLOCK) != 0
                      ? errno
                      : 0;
    if (problem == 0) {
        fcntl(output[1], F_SETFL, 0); // its end waits for room
        problem =
            spawn(m_process, {"spacewright", "worker", options.study.string(), toLine(options)}, input[1], output[1]);
    }
    close(input[1]);
    close(output[1]);
    m_input = input[0];
    m_output = output[0];
    if (problem != 0) {
        close(m_input);
        close(m_output);
        throw Error(std::string("could not be started (") + std::strerror(problem) + ")");
    }
}

HelperProcess::~HelperProcess()
{
    close(m_input);
    close(m_output);
    if (m_process > 0)
        wait();
}

bool HelperProcess::read(std::vector<std::string>& lines)
{
    std::array<char, 4096> bytes{};
    ssize_t count = 0;
    while ((count = ::read(m_output, bytes.data(), bytes.size())) > 0)
        m_rest.append(bytes.data(), static_cast<std::size_t>(count));
    const bool more = count < 0 && (errno == EAGAIN || errno == EINTR);
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = m_rest.find('\n', begin)) != std::string::npos; begin = end + 1)
        lines.push_back(m_rest.substr(begin, end - begin));
    m_rest.erase(0, begin);
    return more;
}

void HelperProcess::tell(const Orders& orders)
{
    const std::string line = toLine(orders);
    send(m_input, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void HelperProcess::kill()
{
    ::kill(m_process, SIGKILL);
}

int HelperProcess::wait()
{
    int status = 0;
    while (waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
    }
    m_process = -1;
    return status;
}

} // namespace spacewright
