// Reads claims, journals and logs.
#include "core/cluster/bundle_state.h"
#include "core/cluster/claims.h"
#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

/// The last line with something in it; of a long file, of its end.
std::string lastLine(const fs::path& path)
{
    constexpr std::streamoff most = 4096;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    file.seekg(std::max<std::streamoff>(0, file.tellg() - most));
    std::string last;
    for (std::string line; std::getline(file, line);)
        if (line.find_first_not_of(" \t\r") != std::string::npos)
            last = line;
    std::ranges::replace_if(
        last, [](unsigned char c) { return std::iscntrl(c) != 0; }, ' '); // it goes to a terminal
    return last;
}

std::string jobOf(const std::string& token)
{
    const std::optional<ElementName> name = ElementName::fromToken(token);
    return name ? name->job : "";
}

/// Why elements of the job ended before they could write into the bundle, as far as can be told: without the program,
/// a container's image or the shared file system there is their log, or nothing.
std::string whyNotAllBegan(const Bundle& bundle, const std::string& job, const std::set<int>& began)
{
    const fs::path logs = bundle.path() / "logs";
    bool wrote = false;
    for (int element = 0; element < bundle.plan().tasks; ++element) {
        const fs::path log = logs / (job + "_" + std::to_string(element) + ".txt");
        if (!fs::exists(log))
            continue;
        wrote = true;
        if (!began.contains(element))
            return "Element " + std::to_string(element) + " of job " + job + " ended before it began: \"" +
                   lastLine(log) + "\" (" + log.string() + ").";
    }
    if (wrote || !began.empty())
        return {};
    return "Job " + job + " wrote nothing into " + logs.string() +
           ": it was cancelled before it began, or the nodes do not see that folder under this path.";
}

} // namespace

BundleState stateOf(const Study& study, const Bundle& bundle, const RunCommand& run)
{
    BundleState state;
    const std::vector<Bundle::Submission> submissions = bundle.submissions();
    const std::string job = submissions.empty() ? "" : submissions.back().job;
    state.models = bundle.models();
    state.open = std::ssize(openModels(study, bundle.borrower()));
    state.shards = bundle.shards();
    state.cancelled = bundle.isCancelled();
    state.submitted = !submissions.empty();
    for (const ShardState& shard : shardStates(bundle)) {
        state.shardsDone += shard.done;
        state.shardsTaken += !shard.done && !shard.tokens.empty();
    }
    const std::vector<std::string> open = openAttempts(bundle), ended = endedAttempts(bundle);
    state.attemptsOpen = static_cast<int>(open.size());
    state.attemptsEnded = static_cast<int>(ended.size());
    std::set<ModelId> results;
    std::set<std::string> problems; // each sentence once
    readJournals(bundle, [&](const std::string& token, const std::string& kind, const nlohmann::json& line) {
        if (kind == resultKind)
            results.insert(resultFrom(line).trained.model.id);
        if (kind == problemKind && (job.empty() || jobOf(token) == job))
            problems.insert("An element reported: " + line.value("text", ""));
    });
    state.results = std::ssize(results);
    if (state.submitted)
        state.queue = queueState(run, bundle.name());
    if (state.needsResume()) {
        std::set<int> began;
        for (const auto* tokens : {&open, &ended})
            for (const std::string& token : *tokens)
                if (const auto its = ElementName::fromToken(token); its && its->job == job)
                    began.insert(its->element);
        problems.insert(whyNotAllBegan(bundle, job, began));
        problems.erase("");
    }
    state.problems.assign(problems.begin(), problems.end());
    return state;
}

std::vector<ModelId> openModels(const Study& study, const std::string& borrower)
{
    const auto lent = study.lent();
    const auto its = lent.find(borrower);
    return its == lent.end() ? std::vector<ModelId>() : its->second;
}

} // namespace spacewright
