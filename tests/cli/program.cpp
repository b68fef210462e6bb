// Runs the built terminal program as a person or a script would.
#include "program.h"
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

std::string idxHeader(std::initializer_list<unsigned> numbers)
{
    std::string bytes;
    for (const unsigned number : numbers)
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<char>(number >> shift));
    return bytes;
}

void writeImages(const Folder& folder, const std::string& prefix, unsigned count)
{
    constexpr unsigned size = 16;
    std::string pixels = idxHeader({0x803, count, size, size}), labels = idxHeader({0x801, count});
    for (unsigned image = 0; image < count; ++image) {
        const unsigned label = image % 4;
        labels.push_back(static_cast<char>(label));
        for (unsigned pixel = 0; pixel < size * size; ++pixel) {
            const unsigned quarter = 2 * (pixel / size / 8) + pixel % size / 8;
            pixels.push_back(static_cast<char>((quarter == label ? 150 : 0) + (image * 7 + pixel * 13) % 50));
        }
    }
    folder.write(prefix + "-images-idx3-ubyte", pixels);
    folder.write(prefix + "-labels-idx1-ubyte", labels);
}

} // namespace

std::string inQuotes(const fs::path& path)
{
    return "'" + path.string() + "'";
}

std::string contents(const fs::path& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

Result cliInterrupted(const std::string& arguments, const std::function<bool(const std::string&)>& wanted)
{
    const Folder folder;
    // The first line is the shell's process id, which `exec` keeps. Redirections in `arguments` come last and win.
    const std::string command =
        "echo $$; exec " CLI_PROGRAM " 2>&1 >" + inQuotes(folder / "out") + " </dev/null " + arguments;
    FILE* pipe = popen(command.c_str(), "r");
    Result result;
    pid_t process = 0;
    int interrupts = 0;
    std::array<char, 4096> line{};
    while (fgets(line.data(), line.size(), pipe)) {
        if (process == 0) {
            process = std::stoi(line.data());
            continue;
        }
        result.err += line.data();
        if (wanted(line.data()))
            interrupts = 2;
        // The second comes with the next line, so that it cannot merge with the first while that is pending.
        if (interrupts > 0 && interrupts--)
            kill(process, SIGINT);
    }
    const int status = pclose(pipe);
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = contents(folder / "out");
    return result;
}

Result cli(const std::string& arguments)
{
    return cliInterrupted(arguments, [](const std::string&) { return false; });
}

Folder::Folder()
{
    static int count = 0;
    m_path =
        fs::temp_directory_path() / ("spacewright-cli-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    fs::create_directories(m_path);
}

fs::path Folder::write(const std::string& name, const std::string& text) const
{
    std::ofstream(m_path / name, std::ios::binary) << text;
    return m_path / name;
}

fs::path Folder::writeDataSet() const
{
    writeImages(*this, "train", 320);
    writeImages(*this, "t10k", 16);
    return m_path;
}
