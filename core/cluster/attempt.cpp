// What an attempt writes, and what later ones find of it.
#include "core/cluster/attempt.h"
#include "core/error.h"
#include "core/exchange/safetensors.h"
#include "core/whole_file.h"
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

fs::path checkpointIn(const fs::path& folder, ModelId id)
{
    return folder / ("checkpoint-" + std::to_string(std::int64_t(id)) + ".safetensors");
}

fs::path epochsIn(const fs::path& folder, ModelId id)
{
    return folder / ("epochs-" + std::to_string(std::int64_t(id)) + ".jsonl");
}

/// How far a checkpoint is: epochs, then batches; none for one that cannot be used. Not by the file's time: the clocks
/// of nodes differ.
std::optional<std::pair<int, int>> progressOf(const fs::path& path)
{
    if (!fs::exists(path))
        return std::nullopt;
    try {
        const Checkpoint checkpoint = loadCheckpoint(path);
        const auto progress = nlohmann::json::parse(checkpoint.metadata.at("progress")); // gpu/training_progress.h
        return std::pair(progress.at("epoch").get<int>(), progress.at("batch").get<int>());
    } catch (const std::exception&) {
        return std::nullopt;
    }
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

/// The epochs come first: a checkpoint must find those that it counts.
void Attempt::keepCheckpoint(ModelId id, std::string_view bytes, const std::vector<Epoch>& epochs)
{
    writeWhole(epochsIn(m_folder, id), journalLine({{"epochs", toJson(epochs)}}));
    writeWhole(checkpointIn(m_folder, id), bytes);
}

void Attempt::dropCheckpoint(ModelId id)
{
    std::error_code ignored; // one too many does no harm
    fs::remove(checkpointIn(m_folder, id), ignored);
    fs::remove(epochsIn(m_folder, id), ignored);
}

void Attempt::report(const std::string& problem)
{
    m_journal->append(journalLine({{"kind", "problem"}, {"text", problem}}));
}

void Attempt::end()
{
    m_journal->append(journalLine({{"kind", "end"}}));
    fs::rename(m_folder, m_results);
}

fs::path attemptFolder(const Bundle& bundle, const std::string& token)
{
    for (const char* place : {"attempts", "results", "attempts"}) // it may move while this looks
        if (const fs::path folder = bundle.path() / place / token; fs::exists(folder))
            return folder;
    return {};
}

EarlierWork earlierWork(const Bundle& bundle, const std::vector<std::string>& tokens,
                        const std::vector<ModelId>& models)
{
    EarlierWork work;
    const std::set<ModelId> wanted(models.begin(), models.end());
    std::map<ModelId, std::pair<int, int>> furthest;
    for (const std::string& token : tokens) {
        const fs::path folder = attemptFolder(bundle, token);
        if (folder.empty())
            continue;
        JournalReader(folder / "journal.jsonl").read([&](const nlohmann::json& line) {
            if (line.value("kind", "") != resultKind)
                return;
            if (const ModelId id = resultFrom(line).trained.model.id; wanted.contains(id))
                work.done.insert(id);
        });
        for (const ModelId id : models) {
            const auto progress = progressOf(checkpointIn(folder, id));
            if (progress && (!furthest.contains(id) || *progress > furthest[id])) {
                furthest[id] = *progress;
                work.checkpoints[id] = checkpointIn(folder, id);
                JournalReader(epochsIn(folder, id)).read([&](const nlohmann::json& line) {
                    work.epochs[id] = epochsFrom(line.at("epochs"));
                });
            }
        }
    }
    return work;
}

} // namespace spacewright
