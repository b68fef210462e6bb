// The element's loop: claim a shard, train what is not done of it, say so.
#include "gpu/element.h"
#include "core/cluster/claims.h"
#include "core/counted.h"
#include "core/error.h"
#include "core/study/owner.h"
#include "gpu/shard_training.h"
#include <thread>
#include <utility>

namespace spacewright {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::minutes(10); ///< with a shared file system that is away

constexpr const char* scratchPrefix = "spacewright-";

/// A folder of this process's own on this machine, removed at the end.
class Scratch {
public:
    explicit Scratch(const std::filesystem::path& place) : m_path(place / (scratchPrefix + asFileName(thisOwner())))
    {
        std::filesystem::create_directories(m_path);
    }
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

/// What elements left on this machine that were killed; others' is left alone.
void removeAbandoned(const std::filesystem::path& place)
{
    std::error_code ignored;
    for (const auto& folder : std::filesystem::directory_iterator(place, ignored))
        if (const std::string name = folder.path().filename(); name.starts_with(scratchPrefix))
            if (isAbandoned(ownerFromFileName(name.substr(std::string_view(scratchPrefix).size()))))
                std::filesystem::remove_all(folder, ignored);
}

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
    removeAbandoned(m_options.scratch);
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

/// What fails is tried again, after pauses that grow up to a beat: the shared file system may come back.
ElementEnd Element::loop()
{
    const std::chrono::duration<double> beat(m_bundle.plan().leaseSeconds / 5), soon(std::min(1.0, beat.count()));
    auto pause = soon;
    auto wasWell = Clock::now();
    bool complained = false;
    std::optional<Claims::Claim> claim; // kept where a step of it fails
    while (!wantsToStop()) {
        try {
            if (!claim)
                claim = m_claims.take();
            if (!claim && !m_claims.mayComeFree())
                return ElementEnd::done;
            if (claim && train(*claim)) {
                m_claims.done(claim->shard);
                claim.reset();
                pause = soon;
                complained = false;
                continue;
            }
            if (!m_problem.empty())
                return ElementEnd::failed;
            m_attempt.beat();
            complained = false;
        } catch (const std::exception& error) {
            if (!std::exchange(complained, true)) {
                m_options.say(error.what() + std::string(" It will be tried again."));
                wasWell = Clock::now();
            }
            if (Clock::now() - wasWell > patience) {
                m_problem = error.what();
                return ElementEnd::failed;
            }
        }
        for (const auto end = Clock::now() + pause; Clock::now() < end && !wantsToStop();)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        pause = std::min(2 * pause, beat);
    }
    return ElementEnd::stopped;
}

/// What earlier attempts have finished is not trained again; the rest goes on from their furthest checkpoints.
bool Element::train(const Claims::Claim& claim)
{
    StudyContent content = m_bundle.shard(claim.shard);
    std::vector<std::string> tokens = claim.earlier;
    tokens.push_back(m_attempt.token()); // where this is its second try
    const EarlierWork earlier = earlierWork(m_bundle, tokens, content.models);
    std::erase_if(content.models, [&](const TrainedModel& one) { return earlier.done.contains(one.model.id); });
    m_options.say("Shard " + std::to_string(claim.shard) + ": " + counted(std::ssize(content.models), "model") + ", " +
                  std::to_string(earlier.begun.size()) + " begun before");
    if (content.models.empty())
        return true;
    for (TrainedModel& one : content.models)
        if (const auto at = earlier.begun.find(one.model.id); at != earlier.begun.end())
            one.epochs = at->second.epochs;
    const Scratch scratch(m_options.scratch);
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
