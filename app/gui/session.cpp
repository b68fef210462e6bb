// The open study as the background thread works on it.
#include "app/gui/session.h"

#include "core/exchange/study_population.h"
#include "core/study/integrity.h"
#include "gpu/model_export.h"

#include <algorithm>

namespace spacewright {

/// A row that makes no sense is damage too, although SQLite cannot see it.
static std::shared_ptr<const StudyView> firstView(const Study& study, StudyFollower& follower, DivergedModels diverged)
{
    try {
        return follower.view(study, diverged);
    } catch (const StorageError&) {
        throw;
    } catch (const DamagedStudy&) {
        throw;
    } catch (const Error& error) {
        throw DamagedStudy(study.path(), study.path().string() + " cannot be shown. " + error.what());
    }
}

bool Session::open(const std::filesystem::path& path, const Creator& create)
{
    std::optional<Study> study;
    bool readOnly = false, someDied = false;
    if (create && !std::filesystem::exists(path)) {
        if (path.has_parent_path())
            std::filesystem::create_directories(path.parent_path());
        study.emplace(create(path));
    } else {
        try {
            study.emplace(path, Study::Access::readWrite);
            someDied = study->releaseAbandoned() > 0;
        } catch (const DamagedStudy&) {
            throw;
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
    // Damage shows in what is read: the study that is open stays, rather than one that shows nothing.
    StudyFollower follower;
    const std::int64_t version = study->dataVersion();
    auto view = firstView(*study, follower, m_diverged);
    close();
    m_study.emplace(std::move(*study));
    m_readOnly = readOnly;
    m_follower = std::move(follower);
    m_version = version;
    m_view = std::move(view);
    m_rows = rowsOf(*m_view, {});
    return someDied;
}

void Session::close()
{
    m_study.reset();
    m_view.reset();
    m_rows.reset();
    m_follower = {};
    m_version = -1;
    m_others.clear();
}

bool Session::findAgain()
{
    if (!m_study)
        return true;
    const std::filesystem::path path = m_study->path();
    bool isWell = m_study->isInPlace();
    try {
        if (isWell)
            m_study->dataVersion();
    } catch (const Error&) {
        isWell = false;
    }
    if (std::error_code none; !isWell && std::filesystem::exists(path, none))
        try {
            open(path);
            m_view.reset(); // what is shown is of before
        } catch (const Error&) { // next time
        }
    return m_study->isInPlace();
}

void Session::releaseAbandoned()
{
    if (m_study && !m_readOnly && m_study->releaseAbandoned() > 0)
        m_view.reset();
}

void Session::compareWith(const std::filesystem::path& path)
{
    Study other(path, Study::Access::readOnly);
    if (std::filesystem::equivalent(path, m_study->path()))
        throw Error("This is the study that is open. Choose another one to compare it with.");
    for (const Followed& known : m_others)
        if (std::filesystem::equivalent(path, known.study->path()))
            throw Error(path.filename().string() + " is shown already.");
    m_others.emplace_back().study.emplace(std::move(other));
}

void Session::endComparison()
{
    m_others.clear();
}

bool Session::changed() const
{
    const auto isNew = [](const Followed& other) { return other.study->dataVersion() != other.version; };
    return !m_view || m_study->dataVersion() != m_version || std::any_of(m_others.begin(), m_others.end(), isNew);
}

std::shared_ptr<const Snapshot> Session::snapshot(const Look& look)
{
    const bool anew = look.diverged != m_diverged;
    if (const std::int64_t version = m_study->dataVersion(); !m_view || version != m_version || anew) {
        // The version first: what is written in between is then seen as a change.
        m_version = version;
        m_view = m_follower.view(*m_study, look.diverged);
        m_rows = rowsOf(*m_view, m_rows);
        m_diverged = look.diverged;
    }
    std::vector<std::shared_ptr<const StudyView>> others;
    for (Followed& followed : m_others) {
        if (const std::int64_t version = followed.study->dataVersion(); version != followed.version || anew) {
            followed.version = version;
            followed.view = followed.follower.view(*followed.study, look.diverged);
        }
        others.push_back(followed.view);
    }
    return snapshotOf(m_view, look, m_rows, m_readOnly, std::move(others));
}

SpaceId Session::refine(const Refinement& refinement, std::stop_token stop)
{
    m_view.reset(); // our own writes do not change dataVersion
    return spacewright::refine(*m_study, refinement, stop);
}

SpaceId Session::takePaperStep(SpaceId from, const PaperStep& step, std::stop_token stop)
{
    constexpr std::int64_t models = 24; // as a refinement has
    m_view.reset();
    return spacewright::takePaperStep(*m_study, from, step, models, stop);
}

std::vector<ModelId> Session::addModels(SpaceId space, int n, std::stop_token stop)
{
    m_view.reset();
    return m_study->growTo(space, m_study->counts()[space].total() + n, stop);
}

AddedModel Session::addCopy(const EditedCopy& copy)
{
    const AddedModel added = spacewright::addCopy(*m_study, copy);
    setNext({added.model}, true);
    return added;
}

void Session::setAside(SpaceId space, bool aside)
{
    m_view.reset();
    m_study->setAside(space, aside);
}

void Session::setAside(const std::vector<ModelId>& models, bool aside)
{
    m_view.reset();
    m_study->setAside(models, aside);
}

void Session::setNote(SpaceId space, const std::string& note)
{
    m_view.reset();
    m_study->setNote(space, note);
}

void Session::retry(ModelId id)
{
    m_view.reset();
    m_study->retry(id);
}

std::string Session::exportModels(const std::vector<ModelId>& models, const ModelFormat& format, bool folded,
                                  const std::filesystem::path& path) const
{
    std::string refused, said;
    std::size_t written = 0;
    for (const ModelExporter::Attempt& attempt : ModelExporter(*m_study).writeAll(models, format, folded, path)) {
        if (attempt.written) {
            said = attempt.written->sentence();
            ++written;
        } else {
            refused += (refused.empty() ? "" : " ") + attempt.problem;
        }
    }
    if (models.size() > 1)
        said = std::to_string(written) + " of " + std::to_string(models.size()) + " networks are written to " +
               path.string() + ".";
    if (!refused.empty())
        throw Error(models.size() > 1 ? said + " " + refused : refused);
    return said;
}

std::pair<SpaceId, std::string> Session::importPopulation(const std::filesystem::path& path)
{
    const PopulationFile file = readPopulation(path, populationFormatOf(path));
    std::string said;
    for (const std::string& line : describe(file, path))
        said += (said.empty() ? "" : " ") + line;
    if (file.models.empty())
        throw Error(path.filename().string() + " holds no model with a result. Nothing was changed. " + said);
    m_view.reset(); // our own writes do not change dataVersion
    return {addImported(*m_study, file, path), said};
}

std::string Session::exportPopulation(SpaceId space, const PopulationFormat& format,
                                      const std::filesystem::path& path) const
{
    const WrittenPopulation population = trainedModels(*m_study, space);
    const std::vector<RefusedRow> left = format.write(path, population);
    std::string said = std::to_string(population.models.size() - left.size()) + " models of " + population.name +
                       " are written to " + path.string() + ".";
    if (!left.empty())
        said +=
            " " + std::to_string(left.size()) + " are left out, first " + left.front().where + ": " + left.front().why;
    return said;
}

void Session::setNext(const std::vector<ModelId>& ids, bool isNext)
{
    m_view.reset();
    m_follower = {}; // it follows states, not the order
    m_study->setNext(ids, isNext);
}

void Session::setPriority(SpaceId space, int priority)
{
    m_view.reset();
    m_follower = {};
    m_study->setPriority(space, priority);
}

NextStep Session::pursue(SpaceId space, int limit, std::stop_token stop)
{
    if (!m_view)
        return {}; // it was changed; the next snapshot is on its way
    const auto& all = m_view->populations;
    const auto find = [&](SpaceId id) {
        return std::find_if(all.begin(), all.end(), [id](const Population& p) { return p.space.id == id; });
    };
    const auto child = find(space);
    if (child == all.end() || !child->space.parent)
        throw Error("This space has no parent to be compared with. Choose a refined one.");
    const SpaceId parent = *child->space.parent;
    const NextStep step = nextStep(*child, *find(parent), limit);
    if (step.kind == NextStep::Kind::draw) {
        m_view.reset();
        m_study->growTo(space, step.models, stop);
        m_study->growTo(parent, step.models, stop);
    }
    return step;
}

ModelDetails Session::details(ModelId id) const
{
    ModelDetails details;
    details.model = m_study->model(id);
    details.space = m_study->space(details.model.space).space.name;
    details.epochs = m_study->epochs(id);
    details.layers = layerTable(details.model.sample.network);
    details.fit = linearFit(widthPerBlock(details.model.sample.network));
    return details;
}

} // namespace spacewright
