// The open study as the background thread works on it.
#include "app/gui/session.h"

#include "core/error.h"

namespace spacewright {

namespace {

constexpr int previewProposals = 60000; ///< 50 ms; an acceptance of 0.1 % with a standard error of 0.013 %
constexpr int previewExamples = 5;
constexpr std::uint64_t previewSeed = 1;

} // namespace

void Session::open(const std::filesystem::path& path, const Creator& create)
{
    std::optional<Study> study;
    bool readOnly = false;
    if (create && !std::filesystem::exists(path)) {
        if (path.has_parent_path())
            std::filesystem::create_directories(path.parent_path());
        study.emplace(create(path));
    } else {
        try {
            study.emplace(path, Study::Access::readWrite);
            study->releaseAbandoned();
        } catch (const Error& unwritable) {
            study.reset();
            try {
                study.emplace(path, Study::Access::readOnly);
            } catch (const Error&) {
                throw unwritable;
            }
            readOnly = true;
        }
    }
    close();
    m_study.emplace(std::move(*study));
    m_readOnly = readOnly;
}

void Session::close()
{
    m_study.reset();
    m_view.reset();
    m_version = -1;
}

bool Session::changed() const
{
    return !m_view || m_study->dataVersion() != m_version;
}

std::shared_ptr<const Snapshot> Session::snapshot(const Look& look)
{
    if (changed() || look.diverged != m_diverged) {
        // The version first: what is written in between is then seen as a change.
        m_version = m_study->dataVersion();
        m_view = view(*m_study, look.diverged);
        m_verdict = verdictOf(*m_view);
        m_diverged = look.diverged;
    }
    return snapshotOf(m_view, look, m_verdict, m_readOnly);
}

SpaceId Session::refine(const Refinement& refinement, std::stop_token stop)
{
    m_view.reset(); // our own writes do not change dataVersion
    return spacewright::refine(*m_study, refinement, stop);
}

void Session::addModels(SpaceId space, int n, std::stop_token stop)
{
    m_view.reset();
    m_study->growTo(space, m_study->counts()[space].total() + n, stop);
}

void Session::retry(ModelId id)
{
    m_view.reset();
    m_study->retry(id);
}

ModelDetails Session::details(ModelId id) const
{
    ModelDetails details;
    details.model = m_study->model(id);
    details.space = m_study->space(details.model.space).space.name;
    details.epochs = m_study->epochs(id);
    return details;
}

PreviewResult previewOf(const Space& parent, const std::vector<Constraint>& added, std::stop_token stop)
{
    PreviewResult result;
    Space space = parent;
    try {
        for (const Constraint& constraint : added)
            space = constrained(space, constraint);
        check(space);
        result.log10Before = log10Size(parent);
        result.log10After = log10Size(space);
        result.preview = preview(space, previewSeed, previewProposals, previewExamples, stop);
    } catch (const Error& error) {
        result.problem = error.what();
    }
    return result;
}

} // namespace spacewright
