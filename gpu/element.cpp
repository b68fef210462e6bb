// The element's loop: claim a shard, train what is not done of it, say so.
#include "gpu/element.h"
#include "core/cluster/claims.h"
#include "core/error.h"
#include "gpu/shard_training.h"
#include <thread>

namespace spacewright {
namespace {

/// The folder on this machine, removed at the end.
class Scratch {
public:
    explicit Scratch(const std::filesystem::path& path) : m_path(path) { std::filesystem::create_directories(path); }
    ~Scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

class Element {
public:
    Element(const ElementOptions& options, Training& training)
        : m_options(options), m_training(training), m_bundle(options.bundle), m_attempt(m_bundle, options.name),
          m_claims(m_bundle, m_attempt)
    {
    }
    ElementEnd run();

private:
    ElementEnd loop();
    bool train(const Claims::Claim&);
    bool wantsToStop() const { return m_options.stop() || m_bundle.isCancelled(); }

    const ElementOptions& m_options;
    Training& m_training;
    const Bundle m_bundle;
    Attempt m_attempt;
    Claims m_claims;
    std::string m_problem;
};

ElementEnd Element::run()
{
    m_options.say("Attempt " + m_attempt.token() + " of " + m_bundle.path().string());
    ElementEnd end = ElementEnd::failed;
    try {
        end = loop();
        if (!m_problem.empty())
            m_attempt.report(m_problem);
        m_attempt.end();
    } catch (const std::exception& error) { // the shared file system: others go on after the lease
        m_options.say(error.what());
    }
    if (!m_problem.empty())
        m_options.say(m_problem);
    return end;
}

ElementEnd Element::loop()
{
    const std::chrono::duration<double> beat(m_bundle.plan().leaseSeconds / 5), soon(1);
    auto pause = std::min(soon, beat); // grows: the others may be done any moment, or in days
    while (!wantsToStop()) {
        const std::optional<Claims::Claim> claim = m_claims.take();
        if (!claim && !m_claims.mayComeFree())
            return ElementEnd::done;
        if (!claim) {
            m_attempt.beat();
            for (auto end = std::chrono::steady_clock::now() + pause;
                 std::chrono::steady_clock::now() < end && !wantsToStop();)
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            pause = std::min(2 * pause, beat);
            continue;
        }
        pause = std::min(soon, beat);
        if (train(*claim))
            m_claims.done(claim->shard);
        else if (!m_problem.empty())
            return ElementEnd::failed;
    }
    return ElementEnd::stopped;
}

/// What earlier attempts have finished is not trained again; the rest goes on from their furthest checkpoints.
bool Element::train(const Claims::Claim& claim)
{
    StudyContent content = m_bundle.shard(claim.shard);
    const EarlierWork earlier = earlierWork(m_bundle, claim.earlier, content.models);
    std::erase_if(content.models, [&](const TrainedModel& one) { return earlier.done.contains(one.model.id); });
    m_options.say("Shard " + std::to_string(claim.shard) + ": " + std::to_string(content.models.size()) + " models, " +
                  std::to_string(earlier.begun.size()) + " begun before");
    if (content.models.empty())
        return true;
    for (TrainedModel& one : content.models)
        if (const auto at = earlier.begun.find(one.model.id); at != earlier.begun.end())
            one.epochs = at->second.epochs;
    const Scratch scratch(std::filesystem::path(m_options.scratch.string() + "-" + m_attempt.token()));
    ElementOptions options = m_options;
    options.scratch = scratch.path();
    ShardTraining training(options, m_bundle, m_attempt, claim.shard, content, earlier.begun);
    const bool done = training.run(m_training);
    m_problem = training.problem();
    return done;
}

} // namespace

ElementEnd runElement(const ElementOptions& options, Training& training)
{
    return Element(options, training).run();
}

} // namespace spacewright
