// Small populations and studies for tests of the window.
#include "tests/gui/small_study.h"

#include "core/design/fitted.h"
#include "core/study/study.h"

#include <thread>

namespace spacewright {

Space smallSpace(const std::string& name)
{
    return constrained(fittedTo(namedSpace(name), 1, 28, 10), constraintFrom("flops=0.2M:4M"));
}

Population population(int space, std::optional<int> parent, const std::string& name, int first,
                      const std::vector<double>& errors, int waiting)
{
    Population result;
    result.space.id = SpaceId{space};
    if (parent)
        result.space.parent = SpaceId{*parent};
    result.space.space = smallSpace(name);
    const auto n = static_cast<std::int64_t>(errors.size()) + waiting;
    const Draw drawn = draw(result.space.space, static_cast<std::uint64_t>(space), n);
    for (std::size_t i = 0; i < drawn.samples.size(); ++i) {
        Model model;
        model.id = ModelId{first + static_cast<int>(i)};
        model.space = result.space.id;
        model.sample = drawn.samples[i];
        if (i < errors.size()) {
            model.state = ModelState::finished;
            model.error = errors[i];
            model.finishOrder = static_cast<std::int64_t>(i) + 1;
            model.seconds = 2;
            result.counted.push_back(model);
            ++result.counts.finished;
        } else {
            ++result.counts.waiting;
        }
        result.models.push_back(model);
    }
    if (!errors.empty())
        result.edf = edf(errors);
    return result;
}

std::shared_ptr<const Snapshot> snapshotWith(std::vector<Population> populations)
{
    auto study = std::make_shared<StudyView>();
    study->path = "/tests/small.study";
    study->populations = std::move(populations);
    return snapshotOf(study, Look{}, {}, false);
}

void makeSmallStudy(const QString& path)
{
    Study study = Study::create(path.toStdString(), Recipe{});
    StudySpace wide;
    wide.space = smallSpace("AnyNetX_A");
    wide.id = study.addSpace(wide);
    StudySpace narrow;
    narrow.parent = wide.id;
    narrow.space = smallSpace("AnyNetX_D");
    narrow.added = {constraintFrom("shared b"), constraintFrom("shared g"), constraintFrom("increasing w")};
    narrow.id = study.addSpace(narrow);
    std::map<SpaceId, std::vector<double>> errors{{wide.id, {30, 25, 20, 15}}, {narrow.id, {20, 18, 16, 14}}};
    for (const auto& [space, all] : errors)
        study.growTo(space, static_cast<std::int64_t>(all.size()) + 2);
    std::vector<ModelId> left;
    while (const std::optional<Model> model = study.claimNext()) {
        std::vector<double>& mine = errors[model->space];
        if (mine.empty()) {
            left.push_back(model->id);
            continue;
        }
        study.finish(model->id, ModelState::finished, mine.back(), "", 2, 4000);
        mine.pop_back();
    }
    for (const ModelId id : left)
        study.release(id);
}

std::atomic<FakeEngine*> FakeEngine::current = nullptr;
std::atomic<int> FakeEngine::started = 0;
std::atomic<bool> FakeEngine::mayEnd = true;
EngineOptions FakeEngine::options;

FakeEngine::FakeEngine(std::function<void(const Event&)> callback) : onEvent(std::move(callback))
{
    current = this;
    ++started;
}

FakeEngine::~FakeEngine()
{
    mayEnd.wait(false);
    current = nullptr;
}

std::unique_ptr<Engine> FakeEngine::start(const EngineOptions& wanted, std::function<void(const Event&)> onEvent)
{
    options = wanted;
    return std::make_unique<FakeEngine>(std::move(onEvent));
}

void FakeEngine::reset()
{
    started = 0;
    mayEnd = true;
}

} // namespace spacewright
