// Journals of all attempts into one study, in batches.
#include "core/cluster/collection.h"
#include "core/checksum.h"
#include "core/cluster/attempt.h"
#include "core/error.h"
#include "core/exchange/json_fields.h"
#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <fstream>

namespace spacewright {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t batchSize = 1000;                        ///< results of one transaction
constexpr std::int64_t largestWeights = std::int64_t{4} << 30; ///< bytes; more is damage

/// Names of the attempts that write, then of those that ended: one that moves meanwhile is seen in its new place.
std::vector<fs::path> attemptFolders(const fs::path& bundle)
{
    std::vector<fs::path> folders;
    for (const char* place : {"attempts", "results"}) {
        const auto begin = std::ssize(folders);
        for (const fs::directory_entry& entry : fs::directory_iterator(bundle / place))
            folders.push_back(entry.path());
        std::sort(folders.begin() + begin, folders.end()); // what is kept of two does not depend on the file system
    }
    return folders;
}

/// In words, with all digits that tell two results apart.
std::string wordsOf(const Model& model)
{
    char number[32] = "";
    if (const auto error = model.error ? model.error : model.errorAtLeast)
        std::snprintf(number, sizeof number, " at %.6g %%", *error);
    return toText(model.state) + number;
}

/// All files of the folder's file system are on the disk when it returns; one call for a batch of them.
void syncFileSystem(const fs::path& folder)
{
    const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file < 0 || syncfs(file) == 0; // without the folder no weights were written
    if (file >= 0)
        close(file);
    if (!synced)
        throw StorageError("The weights in " + folder.string() +
                           " could not be written to the disk. Nothing is lost: make room there and collect again.");
}

} // namespace

Collection::Collection(Study& study, const Bundle& bundle) : m_study(study), m_bundle(bundle) {}

const CollectReport& Collection::collect()
{
    m_lent.clear();
    const auto lent = m_study.lent();
    if (const auto ours = lent.find(m_bundle.borrower()); ours != lent.end())
        for (const ModelId id : ours->second)
            m_lent.insert(std::int64_t(id));
    for (const fs::path& folder : attemptFolders(m_bundle.path())) {
        read(folder);
        if (m_batch.size() >= batchSize)
            record();
    }
    record();
    m_report.open = std::ssize(m_lent);
    m_report.damaged = 0;
    for (const auto& [token, journal] : m_journals)
        m_report.damaged += journal.damaged();
    return m_report;
}

void Collection::read(const fs::path& folder)
{
    const std::string token = folder.filename();
    JournalReader& journal = m_journals.try_emplace(token, JournalReader(folder / "journal.jsonl")).first->second;
    journal.setPath(folder / "journal.jsonl");
    journal.read([&](const nlohmann::json& line) {
        if (field<std::string>(line, "kind") == resultKind)
            m_batch.push_back({resultFrom(line), token});
    });
}

/// Weights are on the disk before the result says that they are there.
void Collection::record()
{
    std::vector<TrainedModel> fresh;
    std::unordered_map<std::int64_t, const Result*> chosen;
    for (const Result& result : m_batch)
        if (const auto id = std::int64_t(result.line.trained.model.id); m_lent.contains(id))
            if (chosen.try_emplace(id, &result).second) {
                m_report.noWeights += result.line.weights && !saveWeights(result);
                fresh.push_back(result.line.trained);
            }
    if (!fresh.empty())
        syncFileSystem(m_study.checkpointPath(ModelId{}).parent_path());
    for (const ModelId id : m_study.recordLent(m_bundle.borrower(), fresh)) {
        m_lent.erase(std::int64_t(id));
        m_kept[std::int64_t(id)] = chosen.at(std::int64_t(id))->token;
        ++m_report.taken;
    }
    for (const Result& result : m_batch) {
        const ModelId id = result.line.trained.model.id;
        if (const auto it = chosen.find(std::int64_t(id)); it != chosen.end() && it->second == &result)
            continue;
        takeAgain(result, {m_study.model(id), m_study.epochs(id)});
    }
    m_batch.clear();
}

/// A result of a model that has one already, or that is not waited for any more. What an earlier collection kept is
/// not known by its attempt: the first that says the same is taken for it.
void Collection::takeAgain(const Result& result, const TrainedModel& kept)
{
    const TrainedModel& other = result.line.trained;
    const auto id = std::int64_t(other.model.id);
    const auto source = m_kept.find(id);
    if (kept.model.finishOrder == 0)
        ++m_report.late;
    else if (!haveSameNumbers(kept, other))
        m_report.differing.push_back("Model " + std::to_string(id) + " is " + wordsOf(kept.model) + " by " +
                                     (source == m_kept.end() ? "the study" : "attempt " + source->second) +
                                     ", which was kept, and " + wordsOf(other.model) + " by attempt " + result.token +
                                     ".");
    else if (source == m_kept.end())
        m_kept[id] = result.token;
    else if (source->second != result.token)
        ++m_report.identical;
}

bool Collection::saveWeights(const Result& result) const
{
    const WeightsPlace& place = *result.line.weights;
    const fs::path container = attemptFolder(m_bundle, result.token) / "weights.bin";
    std::ifstream file(container, std::ios::binary);
    std::error_code unknown;
    const auto size = static_cast<std::int64_t>(fs::file_size(container, unknown));
    if (unknown || place.offset < 0 || place.bytes < 0 || place.bytes > largestWeights ||
        place.offset > size - place.bytes)
        return false;
    std::string bytes(static_cast<std::size_t>(place.bytes), '\0');
    if (!file.seekg(place.offset) || !file.read(bytes.data(), place.bytes) || checksum(bytes) != place.checksum)
        return false;
    const fs::path path = m_study.checkpointPath(result.line.trained.model.id);
    const fs::path part = path.string() + ".part";
    std::error_code ignored; // a folder that cannot be made shows as a file that cannot be written
    fs::create_directories(path.parent_path(), ignored);
    if (!std::ofstream(part, std::ios::binary).write(bytes.data(), place.bytes).flush())
        throw StorageError(part.string() +
                           " could not be written. Nothing is lost: make room there and collect again.");
    fs::rename(part, path);
    return true;
}

} // namespace spacewright
