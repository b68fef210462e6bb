// What an attempt writes, and what later ones find of it.
#include "core/cluster/attempt.h"
#include "core/checksum.h"
#include "core/error.h"
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

std::string hostName()
{
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    return name.data();
}

std::vector<std::string> namesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename());
    return names;
}

template <class Number>
bool parse(std::string_view text, Number& number)
{
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size();
}

} // namespace

std::string ElementName::token() const
{
    return job + "-" + std::to_string(element) + "-" + std::to_string(restart);
}

std::optional<ElementName> ElementName::fromToken(const std::string& text)
{
    const std::string token = text.substr(0, text.find('.'));
    const auto last = token.rfind('-');
    const auto middle = last == std::string::npos || last == 0 ? std::string::npos : token.rfind('-', last - 1);
    ElementName name;
    if (middle == std::string::npos ||
        !parse(std::string_view(token).substr(middle + 1, last - middle - 1), name.element) ||
        !parse(std::string_view(token).substr(last + 1), name.restart))
        return std::nullopt;
    name.job = token.substr(0, middle);
    return name;
}

Attempt::Attempt(const Bundle& bundle, const ElementName& name) : m_name(name)
{
    const auto isLetterOrDigit = [](unsigned char c) { return std::isalnum(c) != 0; };
    if (name.job.empty() || !std::all_of(name.job.begin(), name.job.end(), isLetterOrDigit))
        throw Error("\"" + name.job + "\" is no job; use letters and digits.");
    for (int copy = 1; m_token.empty(); ++copy) {
        const std::string token = name.token() + (copy == 1 ? "" : "." + std::to_string(copy));
        std::error_code problem;
        // An ended attempt has moved to results/, but its name stays taken.
        if (!fs::exists(bundle.path() / "results" / token) &&
            fs::create_directory(bundle.path() / "attempts" / token, problem))
            m_token = token;
        if (problem)
            throw Error((bundle.path() / "attempts" / token).string() + " cannot be made (" + problem.message() +
                        "). Make room or give write permission there.");
    }
    m_folder = bundle.path() / "attempts" / m_token;
    m_results = bundle.path() / "results" / m_token;
    m_journal.emplace(m_folder / "journal.jsonl");
    m_weights.emplace(m_folder / "weights.bin");
    m_journal->append(journalLine({{"kind", "begin"}, {"host", hostName()}, {"process", getpid()}}));
    beat();
}

void Attempt::beat()
{
    AppendedFile(m_folder / "alive").append("."); // what grows is seen to do so whatever the clocks say
}

void Attempt::record(int shard, const TrainedModel& trained, const std::optional<std::string>& weights)
{
    ResultLine line{.shard = shard, .trained = trained, .weights = {}};
    if (weights)
        line.weights = {
            .offset = m_weights->append(*weights), .bytes = std::ssize(*weights), .checksum = checksum(*weights)};
    m_journal->append(journalLine(toJson(line)));
    dropCheckpoint(trained.model.id);
}

void Attempt::keepCheckpoint(ModelId id, std::string_view bytes, const std::vector<Epoch>& epochs)
{
    keepBegun(m_folder, id, bytes, epochs);
}

void Attempt::dropCheckpoint(ModelId id)
{
    dropBegun(m_folder, id);
}

void Attempt::report(const std::string& problem)
{
    m_journal->append(journalLine({{"kind", problemKind}, {"text", problem}}));
}

void Attempt::end()
{
    m_journal->append(journalLine({{"kind", "end"}}));
    fs::rename(m_folder, m_results);
}

std::vector<std::string> openAttempts(const Bundle& bundle)
{
    return namesIn(bundle.path() / "attempts");
}

std::vector<std::string> endedAttempts(const Bundle& bundle)
{
    return namesIn(bundle.path() / "results");
}

void readJournals(
    const Bundle& bundle,
    const std::function<void(const std::string& token, const std::string& kind, const nlohmann::json&)>& take)
{
    for (const auto& tokens : {openAttempts(bundle), endedAttempts(bundle)})
        for (const std::string& token : tokens)
            JournalReader(attemptFolder(bundle, token) / "journal.jsonl").read([&](const nlohmann::json& line) {
                take(token, line.value("kind", ""), line);
            });
}

fs::path attemptFolder(const Bundle& bundle, const std::string& token)
{
    for (const char* place : {"attempts", "results", "attempts"}) // it may move while this looks
        if (const fs::path folder = bundle.path() / place / token; fs::exists(folder))
            return folder;
    return {};
}

EarlierWork earlierWork(const Bundle& bundle, const std::vector<std::string>& tokens,
                        const std::vector<TrainedModel>& models)
{
    EarlierWork work;
    std::set<ModelId> wanted;
    for (const TrainedModel& one : models)
        wanted.insert(one.model.id);
    std::vector<fs::path> folders{bundle.begun()};
    for (const std::string& token : tokens) {
        const fs::path folder = attemptFolder(bundle, token);
        if (folder.empty())
            continue;
        folders.push_back(folder);
        JournalReader(folder / "journal.jsonl").read([&](const nlohmann::json& line) {
            if (line.value("kind", "") != resultKind)
                return;
            if (const ModelId id = resultFrom(line).trained.model.id; wanted.contains(id))
                work.done.insert(id);
        });
    }
    work.begun = furthestBegun(folders, models);
    return work;
}

} // namespace spacewright
