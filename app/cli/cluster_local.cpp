// Processes of this machine as elements.
#include "app/cli/cluster_local.h"
#include "app/cli/cluster.h"
#include "app/cli/stop_signals.h"
#include "core/error.h"
#include <fcntl.h>
#include <sys/wait.h>
#include <cstring>
#include <iostream>
#include <spawn.h>
#include <unistd.h>

namespace spacewright {
namespace {

constexpr int tenthsBetweenLooks = 20;

/// It unblocks no signal by itself, so that the list of blocked ones is emptied.
pid_t startElement(const Bundle& bundle, const std::string& job, int element)
{
    std::vector<std::string> words{bundle.plan().program,  "cluster", "work", bundle.path(), "--job", job, "--element",
                                   std::to_string(element)};
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0); // Ctrl-C reaches this program alone, which passes it on once
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const std::string log = (bundle.path() / "logs" / (job + "_" + std::to_string(element) + ".txt")).string();
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t process = -1;
    const int problem = posix_spawn(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (problem != 0)
        throw Error(words.front() + " could not be started (" + std::strerror(problem) + ").");
    return process;
}

/// The processes that train; those that still do are told to end, and waited for, when it ends.
class Elements {
public:
    Elements() = default;
    ~Elements()
    {
        stop();
        for (const pid_t process : m_running)
            waitpid(process, nullptr, 0);
    }
    Elements(const Elements&) = delete;
    Elements& operator=(const Elements&) = delete;

    void start(const Bundle& bundle, const std::string& job, int element)
    {
        m_running.push_back(startElement(bundle, job, element));
    }
    void stop() const
    {
        for (const pid_t process : m_running)
            kill(process, SIGTERM);
    }
    /// How many still run.
    std::size_t look()
    {
        std::erase_if(m_running, [this](pid_t process) {
            int status = 0;
            const bool ended = waitpid(process, &status, WNOHANG) == process;
            m_failed += ended && !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
            return ended;
        });
        return m_running.size();
    }
    int failed() const { return m_failed; }

private:
    std::vector<pid_t> m_running;
    int m_failed = 0;
};

} // namespace

void trainHere(Study& study, const Bundle& bundle, bool json)
{
    StopSignals signals;
    const std::string job = "local" + std::to_string(getpid());
    Elements elements;
    for (int element = 0; element < std::min(bundle.plan().tasks, bundle.shards()); ++element)
        elements.start(bundle, job, element);
    std::cerr << bundle.path().string() << ": " << elements.look() << " processes train " << bundle.models()
              << " models; Ctrl-C stops and keeps everything." << std::endl;
    Collection collection(study, bundle);
    RegularBackups backups = regularBackups(study);
    std::string problem;
    for (int tenths = 1; elements.look() > 0; ++tenths) {
        if (signals.wait() != 0)
            elements.stop();
        if (tenths % tenthsBetweenLooks == 0) {
            tryToCollect(collection, problem);
            backups.makeWhenDue();
        }
    }
    const CollectReport& report = collection.collect();
    json ? printJson(jsonOf(report)) : void(std::cout << bundle.path().string() << ": " << wordsOf(report) << '\n');
    if (report.open > 0)
        std::cerr << takeBackOpen(study, bundle) << " models wait in " << study.path().string() << " again." << std::endl;
    if (elements.failed() > 0)
        throw Error(std::to_string(elements.failed()) + " processes ended with a problem; " +
                    (bundle.path() / "logs").string() + " has what they said.");
}

} // namespace spacewright
