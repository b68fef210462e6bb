// sbatch, squeue and scancel.
#include "core/cluster/slurm.h"
#include "core/error.h"
#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <sstream>

namespace spacewright {
namespace {

constexpr std::string_view directive = "#SBATCH";

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// What a command complained of, as the end of a sentence.
std::string complaint(const CommandResult& result)
{
    if (result.timedOut)
        return "it did not answer in time";
    std::string text = trimmed(result.err.empty() ? result.out : result.err);
    for (std::size_t end; (end = text.find('\n')) != std::string::npos;)
        text.replace(end, 1, "; ");
    return text.empty() ? "it ended with code " + std::to_string(result.code) : text;
}

void requireOneLine(const std::string& text)
{
    if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }))
        throw Error("\"" + text +
                    "\" has a line break or a control character, which a line of a batch script cannot "
                    "have.");
}

std::string directives(const SlurmRequest& request)
{
    std::string lines;
    for (const auto& [option, value] : {std::pair("partition", request.partition),
                                        {"time", request.time},
                                        {"gres", request.gres},
                                        {"account", request.account},
                                        {"constraint", request.constraint}})
        if (!value.empty())
            lines += std::string("#SBATCH --") + option + "=" + shellWord(value) + "\n";
    for (const std::string& line : request.lines)
        lines += "#SBATCH " + trimmed(line.starts_with(directive) ? line.substr(directive.size()) : line) + "\n";
    return lines;
}

/// Commands of a shell that load the modules, or end the job with a sentence. A job has the function `module` where it
/// was submitted from a shell that has it.
std::string moduleLines(const std::vector<std::string>& modules)
{
    if (modules.empty())
        return {};
    std::string lines = "command -v module > /dev/null || . /etc/profile\n";
    for (const std::string& module : modules)
        lines += "module load " + shellWord(module) + " || { echo " +
                 shellWord("The module " + module + " could not be loaded.") + " >&2; exit 1; }\n";
    return lines;
}

/// Where an element's output goes: the folder's name as it is, then the array's id and the element's index.
std::string logPattern(const std::filesystem::path& bundle)
{
    std::string folder;
    for (const char c : (bundle / "logs").string())
        folder += c == '%' ? "%%" : std::string(1, c);
    return folder + "/%A_%a.txt";
}

/// "7", "[0-9]", "[3,5-8%2]" as squeue's %K has it: how many.
std::int64_t countOf(std::string indices)
{
    std::erase_if(indices, [](char c) { return c == '[' || c == ']'; });
    indices = indices.substr(0, indices.find('%'));
    std::istringstream parts(indices);
    std::int64_t n = 0;
    for (std::string part; std::getline(parts, part, ',');) {
        std::uint32_t from = 0, to = 0; // SLURM's own limits are lower
        const char* const end = part.data() + part.size();
        const char* const dash = std::from_chars(part.data(), end, from).ptr;
        const bool isRange = dash != end && *dash == '-' && std::from_chars(dash + 1, end, to).ec == std::errc();
        n += isRange ? std::max<std::int64_t>(1, std::int64_t{to} - from + 1) : 1;
    }
    return std::max<std::int64_t>(n, 1);
}

} // namespace

std::string defaultTemplate()
{
    return R"(#!/bin/bash
#SBATCH --job-name=@name@
#SBATCH --array=0-@last@
#SBATCH --cpus-per-task=@cpus@
#SBATCH --output=@logs@
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@@grace@
@lines@
@setup@
@command@ --job "$SLURM_ARRAY_JOB_ID" --element "$SLURM_ARRAY_TASK_ID" --restart "${SLURM_RESTART_COUNT:-0}" &
element=$! turn=
trap 'turn=next; kill -USR1 $element' USR1  # the time limit is near: it saves, and asks for another turn
trap 'turn=taken; kill -TERM $element' TERM # it was preempted, or cancelled
while kill -0 $element 2> /dev/null; do wait $element; done
wait $element
ended=$?
[ -e @bundle@/cancelled ] && exit $ended
case $turn in
next) scontrol requeue "$SLURM_JOB_ID" ;;
taken) sleep 600 ;; # a preempted job that ends by itself is not started again
esac
exit $ended
)";
}

std::string batchScript(const std::string& text, const SlurmRequest& request, const ScriptPlaces& places)
{
    for (const auto* list : {&request.lines, &request.modules})
        for (const std::string& line : *list)
            requireOneLine(line);
    for (const std::string* line : {&request.partition, &request.time, &request.gres, &request.account,
                                    &request.constraint, &request.container, &places.command})
        requireOneLine(*line);
    requireOneLine(places.bundle.string());
    const std::map<std::string, std::string> values{
        {"name", places.name},
        {"last", std::to_string(places.tasks - 1)},
        {"cpus", std::to_string(places.cpus)},
        {"bundle", shellWord(places.bundle.string())},
        {"logs", shellWord(logPattern(places.bundle))},
        {"grace", std::to_string(request.graceSeconds)},
        {"lines", trimmed(directives(request))},
        {"setup", trimmed(moduleLines(request.modules))},
        {"command", (request.container.empty() ? "" : request.container + " ") + places.command}};
    std::string script;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '@' ? text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 1) : at;
        if (text[at] != '@' || end == std::string::npos || text[end] != '@' || end == at + 1) {
            script += text[at++];
            continue;
        }
        const std::string name = text.substr(at + 1, end - at - 1);
        if (!values.contains(name))
            throw Error("The template has a place @" + name +
                        "@, which is not known. `cluster template` prints one "
                        "with all places there are.");
        script += values.at(name);
        at = end + 1;
    }
    return script;
}

bool asksForGpus(const std::string& script)
{
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(directive))
            continue;
        std::istringstream words(line.substr(directive.size()));
        std::string option, value;
        words >> option >> value;
        if (option.starts_with("--gpus") || option.starts_with("-G") ||
            (option.starts_with("--gres") && (option + value).find("gpu") != std::string::npos))
            return true;
    }
    return false;
}

std::string submitScript(const RunCommand& run, const std::string& script, int tasks)
{
    const CommandResult result = run({"sbatch", "--parsable", "--array=0-" + std::to_string(tasks - 1), script});
    const std::string id = trimmed(result.out).substr(0, trimmed(result.out).find(';'));
    const bool isId = !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isdigit(c); });
    if (result.code != 0 || result.timedOut || !isId)
        throw Error("SLURM did not take the job (" + complaint(result) + ")." +
                    (result.err.find("Invalid job array") == std::string::npos
                         ? ""
                         : " It takes no more elements than the MaxArraySize of `scontrol show config`."));
    return id;
}

QueueState queueState(const RunCommand& run, const std::string& name)
{
    QueueState state;
    CommandResult result;
    try {
        result = run({"squeue", "--noheader", "--all", "--name=" + name, "--format=%T|%K|%r"});
    } catch (const Error& error) {
        state.problem = error.what();
        return state;
    }
    if (result.code != 0 || result.timedOut) {
        state.problem = "squeue: " + complaint(result);
        return state;
    }
    std::istringstream lines(result.out);
    std::set<std::string> reasons;
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find('|'), second = line.find('|', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string word = line.substr(0, first);
        const std::int64_t n = countOf(line.substr(first + 1, second - first - 1));
        if (word == "PENDING" || word.starts_with("REQUEUE") || word == "SUSPENDED") {
            state.pending += n;
            reasons.insert(line.substr(second + 1));
        } else {
            state.running += n;
        }
    }
    if (reasons.size() == 1)
        state.reason = *reasons.begin();
    return state;
}

void cancelJobs(const RunCommand& run, const std::string& id, const std::string& name)
{
    const CommandResult result = run({"scancel", "--name=" + name, id});
    if (result.code != 0 || result.timedOut)
        throw Error("scancel did not cancel job " + id + " (" + complaint(result) + ").");
}

} // namespace spacewright
