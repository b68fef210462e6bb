// Steps that touch every table.
#include "study_life.h"
#include "core/study/schema.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <limits>

namespace spacewright::faults {
namespace {

Study& open(Life& life)
{
    if (!life.study)
        life.study.emplace(life.file, Study::Access::readWrite);
    return *life.study;
}

/// A step that does one thing with the open study.
template <class Work>
Step with(const char* name, Work work)
{
    return {name, [work](Life& life) { work(open(life)); }};
}

ModelId runningOne(const Study& study)
{
    return study.modelsSince(std::numeric_limits<std::int64_t>::max()).at(0).id;
}

std::vector<Sample> samples()
{
    std::vector<Sample> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(smallSample(i));
    return all;
}

TrainedModel trained(ModelId id, double error)
{
    TrainedModel one;
    one.model.id = id;
    one.model.sample = smallSample(20);
    one.model.state = ModelState::finished;
    one.model.error = error;
    for (int epoch = 1; epoch <= 3; ++epoch)
        one.epochs.push_back({.number = epoch,
                              .rate = 0.1,
                              .trainingLoss = 1.5,
                              .trainingError = 60,
                              .validationError = error,
                              .seconds = 1});
    return one;
}

StudySpace importedSpace()
{
    StudySpace space = smallSpace();
    space.importedFrom = "sweep.json";
    return space;
}

const std::string cluster = std::string(borrowerPrefix) + "1";

} // namespace

const std::vector<Step>& steps()
{
    using enum ModelState;
    static const std::vector<Step> all{
        {"create", [](Life& life) { life.study.emplace(Study::create(life.file, Recipe{})); }},
        with("addSpace", [](Study& s) { s.addSpace(smallSpace(), samples()); }),
        with("setNote", [](Study& s) { s.setNote(SpaceId{1}, "wider"); }),
        with("addModels",
             [](Study& s) {
                 s.addModels(SpaceId{1}, {smallSample(8), smallSample(9)}, 10);
             }),
        with("growTo", [](Study& s) { s.growTo(SpaceId{1}, 12); }),
        with("claim", [](Study& s) { s.claimNext(); }),
        with("recordEpoch", [](Study& s) { s.recordEpoch(runningOne(s), {.number = 1, .rate = 0.1}); }),
        with("beat", [](Study& s) { s.beat(); }),
        with("finish", [](Study& s) { s.finish(runningOne(s), finished, 12.5, "", 3, 100); }),
        with("recordTest",
             [](Study& s) {
                 s.recordTest({ModelId{1}, "fashion-mnist", 7, 100});
             }),
        with("claim again", [](Study& s) { s.claimNext(); }),
        with("fail", [](Study& s) { s.finish(runningOne(s), failed, std::nullopt, "no memory", 1, 0); }),
        with("retry", [](Study& s) { s.retry(ModelId{2}); }),
        with("claim for another", [](Study& s) { s.claimNext(); }),
        with("release", [](Study& s) { s.release(runningOne(s)); }),
        {"another process's checkpoint",
         [](Life& life) {
             Database(life.file, Database::Access::readWrite).execute("PRAGMA wal_checkpoint(RESTART)");
         }},
        with("lend",
             [](Study& s) {
                 s.lend({ModelId{4}, ModelId{5}, ModelId{6}}, cluster);
             }),
        with("recordLent",
             [](Study& s) {
                 s.recordLent(cluster, {trained(ModelId{4}, 20), trained(ModelId{5}, 30)});
             }),
        with("takeBack",
             [](Study& s) {
                 s.takeBack({ModelId{6}}, cluster, {{ModelId{6}, trained({}, 0).epochs}});
             }),
        with("setAside models",
             [](Study& s) {
                 s.setAside(std::vector{ModelId{7}, ModelId{8}}, true);
             }),
        with("setNext", [](Study& s) { s.setNext({ModelId{9}}, true); }),
        with("setPriority", [](Study& s) { s.setPriority(SpaceId{1}, 2); }),
        {"close", [](Life& life) { life.study.reset(); }},
        with("importSpace",
             [](Study& s) {
                 s.importSpace(importedSpace(), {trained({}, 40), trained({}, 50)});
             }),
        with("setAside space", [](Study& s) { s.setAside(SpaceId{2}, true); }),
        with("endLease", [](Study& s) { s.endLease(); }),
        {"close again", [](Life& life) { life.study.reset(); }},
    };
    return all;
}

std::string contentOf(const std::filesystem::path& file)
{
    const std::string why = errorOf([&] { Study(file, Study::Access::readOnly); });
    if (!why.empty())
        return "no study: " + why;
    Database database(file, Database::Access::readOnly);
    std::string content = std::to_string(database.integer("PRAGMA user_version"));
    std::vector<std::string> selects;
    {
        // Owners differ from process to process.
        Statement tables(database, "SELECT 'SELECT ' || group_concat(CASE WHEN c.name = 'owner' THEN 'owner IS NULL' "
                                   "ELSE 'quote(' || c.name || ')' END, '||'' ''||') || ' FROM ' || t.name "
                                   "FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' "
                                   "AND t.name NOT GLOB 'sqlite_*' GROUP BY t.name ORDER BY t.name");
        while (tables.step())
            selects.push_back(tables.text(0));
    }
    for (const std::string& select : selects) {
        content += "\n" + select.substr(select.rfind(' '));
        Statement rows(database, select);
        while (rows.step())
            content += "\n" + rows.text(0);
    }
    return content;
}

const std::string& Contents::of(const std::filesystem::path& file)
{
    std::string bytes;
    for (const char* part : {"", "-wal", "-journal"})
        if (const auto path = file.string() + part; std::filesystem::exists(path))
            bytes += part + bytesOf(path);
    if (m_known.size() > 50) // of a step that leaves other bytes each time
        m_known.clear();
    const auto [place, isNew] = m_known.try_emplace(bytes);
    if (isNew)
        place->second = contentOf(file);
    return place->second;
}

void makeOld(const std::filesystem::path& file)
{
    Database(file, Database::Access::readWrite)
        .execute("DROP TABLE lease; ALTER TABLE model DROP COLUMN claims; PRAGMA user_version = 5");
}

} // namespace spacewright::faults
