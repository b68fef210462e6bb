// A bundle's fixed part: written once, read by every element.
#include "core/cluster/bundle.h"
#include "core/cluster/journal.h"
#include "core/error.h"
#include "core/exchange/capsule.h"
#include "core/exchange/json_fields.h"
#include "core/whole_file.h"
#include <algorithm>
#include <random>
#include <sstream>

namespace spacewright {
namespace {

namespace fs = std::filesystem;
constexpr int format = 1;
constexpr int shardsPerTask = 4; ///< so that the last elements to end wait for a fraction of their work

std::string jobName()
{
    std::random_device random;
    std::ostringstream name;
    name << "spacewright-" << std::hex << random() << random();
    return name.str();
}

fs::path shardPath(const fs::path& bundle, int shard)
{
    return bundle / "shards" / (std::to_string(shard) + ".zip");
}

/// Each shard gets models from all over the queue: shards are of like cost, and each is a fair sample.
void writeShards(const fs::path& bundle, const StudyContent& content, int shards)
{
    for (int shard = 0; shard < shards; ++shard) {
        StudyContent part{.recipe = content.recipe, .spaces = content.spaces, .reused = {}, .models = {}, .tests = {}};
        for (auto i = static_cast<std::size_t>(shard); i < content.models.size(); i += static_cast<std::size_t>(shards))
            part.models.push_back(content.models[i]);
        writeCapsule(shardPath(bundle, shard), part, {});
    }
}

} // namespace

Bundle Bundle::create(const fs::path& path, const BundlePlan& plan, StudyContent content)
{
    Bundle bundle;
    bundle.m_path = path;
    bundle.m_name = jobName();
    bundle.m_plan = plan;
    bundle.m_models = std::ssize(content.models);
    bundle.m_shards =
        static_cast<int>(std::min<std::int64_t>(bundle.m_models, std::int64_t{shardsPerTask} * plan.tasks));
    if (!plan.data.empty())
        content.recipe.data = plan.data;
    for (StudySpace& space : content.spaces)
        space.setAside = false; // it was asked for
    std::error_code problem;
    if (!fs::create_directory(path, problem))
        throw Error(path.string() + (problem ? " cannot be made (" + problem.message() + ")." : " exists already.") +
                    " Choose another folder for the bundle, on a file system that the cluster sees too.");
    try {
        for (const char* folder : {"shards", "claims", "attempts", "results", "logs"})
            fs::create_directory(path / folder);
        writeShards(path, content, bundle.m_shards);
        const nlohmann::ordered_json j{{"bundle", format},
                                       {"name", bundle.m_name},
                                       {"study", plan.study.string()},
                                       {"program", plan.program.string()},
                                       {"data", content.recipe.data},
                                       {"tasks", plan.tasks},
                                       {"cpus", plan.cpus},
                                       {"gpus", plan.gpus},
                                       {"lease_seconds", plan.leaseSeconds},
                                       {"shards", bundle.m_shards},
                                       {"models", bundle.m_models}};
        writeWhole(path / "bundle.json", j.dump(2) + "\n"); // last: a bundle that has it is whole
    } catch (const std::exception&) {
        fs::remove_all(path, problem);
        throw;
    }
    return bundle;
}

Bundle::Bundle(const fs::path& path) : m_path(fs::absolute(path).lexically_normal())
{
    if (std::error_code problem; !fs::is_regular_file(m_path / "bundle.json", problem))
        throw Error(m_path.string() + " is no bundle for a cluster: it has no bundle.json that can be read. Is the "
                                      "shared file system there?");
    try {
        const nlohmann::json j = parsedObject(readWhole(m_path / "bundle.json", std::size_t{1} << 20), "It");
        if (field<int>(j, "bundle") > format)
            throw Error("It was made by a newer Spacewright. Use that.");
        m_name = field<std::string>(j, "name");
        m_plan = {.study = field<std::string>(j, "study"),
                  .program = field<std::string>(j, "program"),
                  .data = field<std::string>(j, "data"),
                  .tasks = field<int>(j, "tasks"),
                  .cpus = field<int>(j, "cpus"),
                  .gpus = field<bool>(j, "gpus"),
                  .leaseSeconds = field<double>(j, "lease_seconds")};
        m_shards = field<int>(j, "shards");
        m_models = countIn(j, "models");
    } catch (const Error& error) {
        throw Error((m_path / "bundle.json").string() + " cannot be used. " + error.what());
    }
}

StudyContent Bundle::shard(int shard) const
{
    return readCapsule(shardPath(m_path, shard)).content;
}

bool Bundle::isCancelled() const
{
    std::error_code unknown; // while the file system is away
    return fs::exists(m_path / "cancelled", unknown);
}

void Bundle::setCancelled(bool cancelled) const
{
    if (cancelled)
        writeWhole(m_path / "cancelled", "");
    else
        fs::remove(m_path / "cancelled");
}

void Bundle::add(const Submission& submission) const
{
    AppendedFile(m_path / "submissions.jsonl")
        .append(journalLine({{"job", submission.job}, {"host", submission.host}}));
}

std::vector<Bundle::Submission> Bundle::submissions() const
{
    std::vector<Submission> list;
    JournalReader reader(m_path / "submissions.jsonl");
    reader.read([&](const nlohmann::json& line) {
        list.push_back({field<std::string>(line, "job"), field<std::string>(line, "host")});
    });
    return list;
}

std::vector<fs::path> bundlesOf(const Study& study)
{
    std::vector<fs::path> bundles;
    for (const auto& [borrower, models] : study.lent())
        bundles.emplace_back(borrower.substr(std::string(borrowerPrefix).size()));
    return bundles;
}

} // namespace spacewright
