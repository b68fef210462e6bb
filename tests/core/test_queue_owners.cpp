// The queue among threads, processes and machines: no model is given out twice, nothing recorded is lost, whoever dies.
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "study_fixture.h"
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace spacewright {
namespace {

using Access = Study::Access;
using QueueTest = StudyTest;

void setOwner(const std::filesystem::path& file, ModelId id, const std::string& owner)
{
    Database database(file, Database::Access::readWrite);
    Statement(database, "UPDATE model SET owner = ? WHERE id = ?").bind(owner, std::int64_t(id)).run();
}

TEST_F(QueueTest, threadsShareTheWorkWhileAnotherFollows)
{
    constexpr int models = 60;
    studyOf(file, models);
    std::atomic<int> running = 4;
    std::vector<std::vector<ModelId>> claimed(4);
    std::vector<std::jthread> threads;
    for (auto& mine : claimed)
        threads.emplace_back([&] {
            Study study(file, Access::readWrite);
            while (const auto model = study.claimNext()) {
                study.recordEpoch(model->id, {1, 0.05, 2.5, 80, 75, 3});
                study.finish(model->id, ModelState::finished, double(std::int64_t(model->id)), "", 1, 1);
                mine.push_back(model->id);
            }
            --running;
        });

    const Study follower(file, Access::readOnly);
    std::vector<std::int64_t> orders;
    for (bool last = false; !last;) {
        last = running == 0; // asked first, so that one more look follows the last result
        for (const Model& model : follower.modelsSince(orders.empty() ? 0 : orders.back()))
            if (model.state == ModelState::finished) {
                EXPECT_EQ(model.error, double(std::int64_t(model.id)));
                orders.push_back(model.finishOrder);
            }
    }
    threads.clear();
    std::set<ModelId> distinct;
    for (const auto& mine : claimed)
        distinct.insert(mine.begin(), mine.end());
    EXPECT_EQ(distinct.size(), std::size_t{models});
    EXPECT_EQ(follower.totals().finished, models);
    ASSERT_EQ(orders.size(), std::size_t{models});
    for (int i = 0; i < models; ++i)
        EXPECT_EQ(orders[i], i + 1);
}

TEST_F(QueueTest, twoProcessesNeverGetTheSameModelAndADeadOneGivesItsBack)
{
    studyOf(file, 3);
    ChildProcess victim([&](const auto& say) {
        Study study(file, Access::readWrite);
        study.finish(study.claimNext()->id, ModelState::finished, 10, "", 1, 1);
        study.claimNext();
        say("claimed");
        pause();
    });
    ASSERT_EQ(victim.answer(), "claimed");
    Study study(file, Access::readWrite);
    EXPECT_EQ(study.releaseAbandoned(), 0) << "the other process lives";
    EXPECT_EQ(study.claimNext()->id, ModelId{3});
    EXPECT_ERROR(study.finish(ModelId{2}, ModelState::finished, 10, "", 1, 1), "trained by the process");

    victim.kill();
    EXPECT_EQ(study.releaseAbandoned(), 1) << "dead, though nobody has waited for it";
    EXPECT_EQ(study.releaseAbandoned(), 0);
    EXPECT_EQ(study.totals().finished, 1);
    EXPECT_EQ(study.model(ModelId{3}).state, ModelState::running) << "our own claim stays";
    EXPECT_EQ(study.claimNext()->id, ModelId{2});
}

TEST_F(QueueTest, aProcessKilledWhileItWritesLosesNothingThatItRecorded)
{
    studyOf(file, 1);
    ChildProcess victim([&](const auto& say) {
        Study study(file, Access::readWrite);
        const ModelId id = study.claimNext()->id;
        for (int number = 1;; ++number) {
            study.recordEpoch(id, {number, 0.05, 2.5, 80, 75, 3});
            say("recorded");
        }
    });
    std::size_t recorded = 0;
    while (recorded < 50 && victim.answer() == "recorded")
        ++recorded;
    victim.kill();
    while (victim.answer() == "recorded")
        ++recorded;
    Study study(file, Access::readWrite);
    EXPECT_GE(recorded, 50U);
    EXPECT_GE(study.epochs(ModelId{1}).size(), recorded);
    EXPECT_EQ(Database(file, Database::Access::readOnly)
                  .integer("SELECT count(*) FROM pragma_integrity_check "
                           "WHERE integrity_check != 'ok'"),
              0);
    EXPECT_EQ(study.releaseAbandoned(), 1);
}

TEST_F(QueueTest, aReusedProcessNumberIsNotTakenForTheOldProcess)
{
    Study study = studyOf(file, 2);
    const ModelId id = study.claimNext()->id;
    const std::string owner = thisOwner();
    setOwner(file, id, owner.substr(0, owner.rfind('/')) + "/1");
    EXPECT_ERROR(study.recordEpoch(id, {}), "trained by the process");
    EXPECT_EQ(study.releaseAbandoned(), 1);
    EXPECT_EQ(study.model(id).state, ModelState::waiting);
}

TEST_F(QueueTest, modelsOfOtherMachinesAreLeftAlone)
{
    Study study = studyOf(file, 3);
    setOwner(file, study.claimNext()->id, "elsewhere/1/1");
    setOwner(file, study.claimNext()->id, "");
    setOwner(file, study.claimNext()->id, thisOwner() + "/x/y/");
    EXPECT_EQ(study.releaseAbandoned(), 0);
    EXPECT_EQ(study.totals().running, 3);
}

TEST_F(QueueTest, aProcessWhoseNameHoldsParenthesesIsRecognised)
{
    studyOf(file, 1);
    ChildProcess other([&](const auto& say) {
        std::ofstream("/proc/self/comm") << "a) R 1 (b";
        Study study(file, Access::readWrite);
        study.claimNext();
        say(thisOwner());
        pause();
    });
    const auto owner = other.answer();
    const auto start = owner.substr(owner.rfind('/') + 1);
    EXPECT_TRUE(start.size() > 2 && std::ranges::all_of(start, [](char c) { return c >= '0' && c <= '9'; })) << owner;
    EXPECT_FALSE(isAbandoned(owner));
    EXPECT_FALSE(isAbandoned(thisOwner()));
    Study study(file, Access::readWrite);
    EXPECT_EQ(study.releaseAbandoned(), 0);
}

} // namespace
} // namespace spacewright
