// What of the open study is trained on a cluster.
#include "app/gui/cluster_watch.h"

#include "core/error.h"

namespace spacewright {

namespace {

/// A scheduler that is slower than this is asked again later.
RunCommand slurmOn(const std::string& host)
{
    return commandsOn(host, 20);
}

std::string hostOf(const Bundle& bundle)
{
    const std::vector<Bundle::Submission> submissions = bundle.submissions();
    return submissions.empty() ? std::string() : submissions.back().host;
}

} // namespace

void ClusterWatch::follow(const std::filesystem::path& study)
{
    m_followed.clear();
    m_study.reset();
    m_path = study;
    m_backups.reset();
    if (!study.empty())
        m_backups.emplace(study, m_warn, m_betweenBackups);
}

Study& ClusterWatch::study()
{
    if (!m_study)
        m_study = std::make_unique<Study>(m_path, Study::Access::readWrite);
    return *m_study;
}

ClusterWatch::Followed& ClusterWatch::followed(const std::filesystem::path& bundle)
{
    std::unique_ptr<Followed>& one = m_followed[bundle];
    if (!one)
        one = std::make_unique<Followed>(study(), bundle);
    return *one;
}

ClusterJobs ClusterWatch::look(bool readOnly)
{
    constexpr std::chrono::seconds longestPause(30); // a scheduler is shared with many
    ClusterJobs jobs;
    if (m_path.empty())
        return jobs;
    const std::vector<std::filesystem::path> bundles = bundlesOf(Study(m_path, Study::Access::readOnly));
    std::erase_if(m_followed, [&](const auto& one) {
        return std::find(bundles.begin(), bundles.end(), one.first) == bundles.end();
    });
    for (const std::filesystem::path& path : bundles) {
        ClusterJob job{path, {}, {}, {}};
        try {
            if (readOnly) {
                const Bundle bundle(path);
                job.state = stateOf(Study(m_path, Study::Access::readOnly), bundle, slurmOn(hostOf(bundle)));
            } else {
                Followed& one = followed(path);
                job = one.last;
                job.bundle = path;
                job.problem.clear();
                const std::int64_t before = job.collected.taken;
                job.collected = one.collection.collect();
                if (Clock::now() >= one.nextQuestion) {
                    job.state = stateOf(study(), one.bundle, slurmOn(hostOf(one.bundle)));
                    one.nextQuestion = Clock::now() + one.pause;
                    one.pause = std::min(2 * one.pause, longestPause); // what was just submitted soon changes
                } else {
                    job.state.results += job.collected.taken - before;
                    job.state.open = job.collected.open;
                }
                one.last = job;
            }
        } catch (const std::exception& error) { // also of a folder that is gone
            job.problem = error.what();
        }
        jobs.push_back(std::move(job));
    }
    if (!readOnly && !jobs.empty())
        m_backups->makeWhenDue();
    return jobs;
}

std::string ClusterWatch::submit(const ClusterRequest& request, const std::string& host)
{
    const Bundle bundle = prepareBundle(study(), request);
    const std::string models = std::to_string(bundle.models()) + " models";
    try {
        return models + " are on the cluster, job " + startJobs(bundle, slurmOn(host), host) + ".";
    } catch (const Error& error) {
        throw Error(error.what() + std::string(" The bundle ") + bundle.path().string() + " with " + models +
                    " is ready: Resume submits it, if need be after " + (bundle.path() / "job.sbatch").string() +
                    " was mended; Take back lets its models wait here again.");
    }
}

std::string ClusterWatch::cancel(const std::filesystem::path& path)
{
    if (!std::filesystem::exists(path))
        return path.string() + " is gone: " + std::to_string(takeBackLost(study(), path)) +
               " models wait here again. Jobs that still run train in vain; end them by hand.";
    const Bundle& bundle = followed(path).bundle;
    const std::int64_t models = cancelBundle(study(), bundle, slurmOn(hostOf(bundle)));
    m_followed.erase(path);
    return std::to_string(models) + " models wait here again.";
}

std::string ClusterWatch::resume(const std::filesystem::path& path)
{
    const Bundle& bundle = followed(path).bundle;
    const std::string host = hostOf(bundle);
    const std::string job = resumeBundle(study(), bundle, slurmOn(host), host);
    m_followed.erase(path); // so that it is asked for at once
    return "What is left of " + path.filename().string() + " goes on as job " + job + ".";
}

} // namespace spacewright
