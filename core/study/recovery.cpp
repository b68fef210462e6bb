// Each row is asked for by itself, so that a damaged page costs the rows on it and no others.
#include "core/study/recovery.h"
#include "core/study/backup.h"
#include "core/study/integrity.h"
#include "core/study/model_row.h"
#include "core/study/schema.h"
#include <algorithm>
#include <limits>
#include <set>

namespace spacewright {
namespace {

/// More rows than hang below one damaged page of a study; ids count on without gaps.
constexpr std::int64_t longestGap = 20'000;

/// Whether all that `read` asks for could be read.
bool isReadable(const std::function<void()>& read)
{
    try {
        read();
    } catch (const Error&) {
        return false;
    }
    return true;
}

/// Calls `take` for each row of the table that can be read. It may throw Error for a row that makes no sense. False
/// where something behind the last readable row refused to be read: of a sound table only nothing is there.
bool eachRow(Database& damaged, const std::string& columns, const std::string& table,
             const std::function<void(const Statement&)>& take)
{
    Statement row(damaged, "SELECT " + columns + " FROM " + table + " NOT INDEXED WHERE id = ?");
    std::int64_t last = 0;
    bool endsWell = true;
    for (std::int64_t id = 1;; ++id) {
        if (id - last > longestGap) {
            std::int64_t next = 0;
            endsWell &= isReadable([&] {
                Statement first(damaged, "SELECT min(id) FROM " + table + " WHERE id > ?");
                if (first.bind(id).step())
                    next = first.integer(0);
            });
            if (next <= id || next > std::numeric_limits<std::int64_t>::max() - 2 * longestGap)
                return endsWell; // so high counts nobody
            id = last = next;
        }
        const bool isSound = isReadable([&] {
            if (row.bind(id).step() && row.integer(0) == id) {
                take(row);
                last = id;
                endsWell = true;
            }
        });
        endsWell &= isSound;
    }
}

void readSpaces(Database& damaged, Recovery& found)
{
    found.endUnreadable |=
        !eachRow(damaged, "id, parent, description, added, note, seed, next_index, 0, priority, NULL", "space",
                 [&](const Statement& row) {
                     StudySpace space = spaceFrom(row);
                     check(space.space);
                     found.content.spaces.push_back(std::move(space));
                 });
    for (StudySpace& space : found.content.spaces)
        found.otherLost |= !isReadable([&] {
            Statement aside(damaged, "SELECT 1 FROM set_aside WHERE space = ?");
            space.setAside = aside.bind(std::int64_t(space.id)).step();
            Statement source(damaged, "SELECT source FROM imported WHERE space = ?");
            if (source.bind(std::int64_t(space.id)).step())
                space.importedFrom = source.text(0);
        });
}

bool isResult(const Model& model)
{
    return model.state != ModelState::waiting && model.state != ModelState::running;
}

void readModels(Database& damaged, Recovery& found)
{
    found.endUnreadable |= !eachRow(damaged, modelColumns, "model", [&](const Statement& row) {
        TrainedModel trained{modelFrom(row), {}};
        if (isResult(trained.model))
            check(trained);
        found.content.models.push_back(std::move(trained));
    });
    for (TrainedModel& trained : found.content.models) {
        const auto id = std::int64_t(trained.model.id);
        if (!isReadable([&] {
                Statement rows(damaged, "SELECT number, rate, training_loss, training_error, validation_error, "
                                        "seconds FROM epoch WHERE model = ? ORDER BY number");
                rows.bind(id);
                while (rows.step())
                    trained.epochs.push_back({static_cast<int>(rows.integer(0)), rows.real(1), rows.real(2),
                                              rows.real(3), rows.real(4), rows.real(5)});
            }))
            found.lostEpochs.push_back(trained.model.id);
        found.otherLost |= !isReadable([&] {
            Statement aside(damaged, "SELECT 1 FROM set_aside_model WHERE model = ?");
            trained.model.setAside = aside.bind(id).step();
        });
        found.otherLost |= !isReadable([&] {
            Statement tests(damaged, "SELECT data, wrong, images FROM test WHERE model = ?");
            tests.bind(id);
            while (tests.step())
                found.content.tests.push_back({trained.model.id, tests.text(0), tests.integer(1), tests.integer(2)});
        });
    }
    for (const StudySpace& space : found.content.spaces)
        found.otherLost |= !isReadable([&] {
            Statement rows(damaged, "SELECT model FROM reused WHERE space = ?");
            rows.bind(std::int64_t(space.id));
            while (rows.step())
                found.content.reused[space.id].push_back(ModelId{rows.integer(0)});
        });
}

/// Whether the recipe could be read.
bool readDamaged(const std::filesystem::path& path, Recovery& found)
{
    bool hasRecipe = false;
    isReadable([&] {
        const auto damaged = openStudyFile(path, Database::Access::readOnly);
        damaged->execute("PRAGMA cell_size_check = ON");
        migrate(*damaged, path, Database::Access::readOnly);
        hasRecipe = isReadable([&] {
            Statement row(*damaged, "SELECT recipe FROM study WHERE id = 1");
            if (!row.step())
                throw Error("There is no recipe.");
            found.content.recipe = recipeFrom(row.text(0));
            check(found.content.recipe);
        });
        readSpaces(*damaged, found);
        readModels(*damaged, found);
    });
    return hasRecipe;
}

std::optional<StudyContent> soundBackup(Recovery& found, const std::filesystem::path& study)
{
    std::optional<StudyContent> content;
    for (const std::filesystem::path& path : backups(study))
        if (isReadable([&] { content = Study(path, Study::Access::readOnly).content(); })) {
            found.backup = path;
            break;
        }
    return content;
}

void fillFrom(const StudyContent& backup, Recovery& found)
{
    StudyContent& content = found.content;
    for (const StudySpace& space : backup.spaces)
        if (std::ranges::find(content.spaces, space.id, &StudySpace::id) == content.spaces.end()) {
            content.spaces.push_back(space);
            found.spacesFromBackup.push_back(space.id);
        }
    std::map<ModelId, std::size_t> places;
    for (std::size_t i = 0; i < content.models.size(); ++i)
        places[content.models.at(i).model.id] = i;
    const std::set<ModelId> incomplete(found.lostEpochs.begin(), found.lostEpochs.end());
    for (const TrainedModel& old : backup.models) {
        const auto place = places.find(old.model.id);
        if (place == places.end()) {
            content.models.push_back(old);
            found.modelsFromBackup.push_back(old.model.id);
        } else if (TrainedModel& now = content.models.at(place->second);
                   incomplete.contains(old.model.id) && now.model.finishOrder == old.model.finishOrder) {
            now.epochs = old.epochs;
            found.epochsFromBackup.push_back(old.model.id);
            std::erase(found.lostEpochs, old.model.id);
        }
    }
    const std::set<ModelId> filled(found.modelsFromBackup.begin(), found.modelsFromBackup.end());
    std::ranges::copy_if(backup.tests, std::back_inserter(content.tests),
                         [&](const TestResult& test) { return filled.contains(test.model); });
}

/// The ids from 1 on that are missing; of a gap that no study has, its end alone, since the file may be a stranger's.
template <class Id>
std::vector<Id> missingBefore(const std::set<Id>& ids)
{
    std::vector<Id> missing;
    std::int64_t next = 1;
    for (const Id known : ids) {
        const auto id = std::int64_t(known);
        for (next = std::max(next, id - longestGap); next < id; ++next)
            missing.push_back(Id{next});
        next = id + 1;
    }
    return missing;
}

/// Leaves out what refers to what is not there, or would stand twice, and counts the gaps.
void makeConsistent(Recovery& found)
{
    StudyContent& content = found.content;
    std::ranges::sort(content.spaces, {}, &StudySpace::id);
    std::ranges::sort(content.models, {}, [](const TrainedModel& one) { return one.model.id; });
    std::map<SpaceId, StudySpace*> spaces;
    std::erase_if(content.spaces, [&, known = std::set<SpaceId>()](const StudySpace& space) mutable {
        return (space.parent && !known.contains(*space.parent)) || !known.insert(space.id).second;
    });
    for (StudySpace& space : content.spaces)
        spaces[space.id] = &space;
    std::set<std::pair<SpaceId, std::int64_t>> samples;
    std::erase_if(content.models, [&](const TrainedModel& one) {
        return !spaces.contains(one.model.space) || !samples.emplace(one.model.space, one.model.sample.index).second;
    });
    std::set<ModelId> models;
    for (const TrainedModel& one : content.models) {
        models.insert(one.model.id);
        auto& next = spaces.at(one.model.space)->nextIndex;
        next = std::max(next, one.model.sample.index + 1);
    }
    std::erase_if(content.tests, [&](const TestResult& test) { return !models.contains(test.model); });
    std::erase_if(content.reused, [&](const auto& one) { return !spaces.contains(one.first); });
    for (auto& [space, reused] : content.reused)
        std::erase_if(reused, [&](ModelId id) { return !models.contains(id); });
    const auto isGone = [&](ModelId id) { return !models.contains(id); };
    std::erase_if(found.lostEpochs, isGone);
    std::erase_if(found.modelsFromBackup, isGone);
    std::erase_if(found.spacesFromBackup, [&](SpaceId id) { return !spaces.contains(id); });
    std::set<SpaceId> spaceIds;
    for (const StudySpace& space : content.spaces)
        spaceIds.insert(space.id);
    found.lostSpaces = missingBefore(spaceIds);
    found.lostModels = missingBefore(models);
}

} // namespace

Recovery recover(const std::filesystem::path& damaged)
{
    Recovery found;
    const bool hasRecipe = readDamaged(damaged, found);
    if (const auto backup = soundBackup(found, damaged)) {
        fillFrom(*backup, found);
        if (!hasRecipe)
            found.content.recipe = backup->recipe;
        found.recipeFromBackup = !hasRecipe;
    } else if (!std::filesystem::exists(damaged)) {
        throw Error(damaged.string() + " does not exist, and there is no sound backup beside it. Name the damaged "
                                       "study.");
    } else if (!hasRecipe) {
        throw Error(damaged.string() + " holds no study that can be read, not even how its models are trained, and "
                                       "there is no sound backup beside it. It was left as it is.");
    }
    makeConsistent(found);
    return found;
}

void writeRecovered(const Recovery& found, const std::filesystem::path& study)
{
    Study::create(study, found.content);
    checkIntegrity(study);
}

} // namespace spacewright
