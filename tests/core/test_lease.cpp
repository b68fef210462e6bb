// Processes that cannot be seen from here: what they left is taken back by their beats, and what they bring late
// refused.
#include "core/study/lease.h"
#include "core/study/owner.h"
#include "core/study/sqlite.h"
#include "core/study/study_keeper.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

using namespace std::chrono_literals;
using Access = Study::Access;
using LeaseTest = StudyTest;

const LeaseWatch::Clock::time_point start{};

void setOwner(const std::filesystem::path& file, ModelId id, const std::string& owner)
{
    Database database(file, Database::Access::readWrite);
    Statement(database, "UPDATE model SET owner = ? WHERE id = ?").bind(owner, std::int64_t(id)).run();
}

void setBeats(const std::filesystem::path& file, const std::string& owner, int beats)
{
    Database database(file, Database::Access::readWrite);
    Statement(database, "INSERT OR REPLACE INTO lease VALUES (?, ?)").bind(owner, beats).run();
}

TEST_F(LeaseTest, aModelOfAnotherMachineWaitsAgainWhenItsBeatsStoodStillForTheTerm)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    setOwner(file, id, "elsewhere/1/1");
    for (auto passed = 0s; passed < LeaseWatch::term; passed += 5s)
        EXPECT_EQ(study.releaseAbandoned(start + passed), 0) << passed.count();
    EXPECT_EQ(study.releaseAbandoned(start + LeaseWatch::term), 1);
    EXPECT_EQ(study.model(id).state, ModelState::waiting);
}

TEST_F(LeaseTest, eachBeatBeginsTheTermAnew)
{
    Study study = studyOf(file, 1);
    setOwner(file, study.claimNext()->id, "elsewhere/1/1");
    for (int minute = 0; minute < 60; ++minute) {
        setBeats(file, "elsewhere/1/1", minute);
        for (auto passed = 0s; passed < 60s; passed += 5s)
            EXPECT_EQ(study.releaseAbandoned(start + minute * 1min + passed), 0);
    }
    EXPECT_EQ(study.releaseAbandoned(start + 1h), 0) << "a minute after the last beat";
}

TEST_F(LeaseTest, anObserverThatSleptDoesNotTakeItsOwnSleepForTheOthersDeath)
{
    Study study = studyOf(file, 1);
    setOwner(file, study.claimNext()->id, "elsewhere/1/1");
    EXPECT_EQ(study.releaseAbandoned(start), 0);
    EXPECT_EQ(study.releaseAbandoned(start + 8h), 0);
}

TEST_F(LeaseTest, whatWasLentToAClusterAndWhatALiveProcessHereTrainsIsNeverTakenBack)
{
    Study study = studyOf(file, 2);
    setOwner(file, study.claimNext()->id, "cluster:/shared/bundle");
    study.claimNext();
    for (auto passed = 0s; passed < 1h; passed += 20s)
        EXPECT_EQ(study.releaseAbandoned(start + passed), 0);
    EXPECT_EQ(study.totals().running, 2);
}

TEST_F(LeaseTest, whoLostItsModelToAnotherProcessMayNotDeliverIt)
{
    Study study = studyOf(file, 1);
    const ModelId id = study.claimNext()->id;
    setOwner(file, id, "elsewhere/1/1");
    EXPECT_THROW(study.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3}), LostClaim);
    EXPECT_THROW(study.finish(id, ModelState::finished, 10, "", 1, 1), LostClaim);
    EXPECT_THROW(study.release(id), LostClaim);
    EXPECT_TRUE(study.epochs(id).empty());
    EXPECT_EQ(study.totals().running, 1);
}

TEST_F(LeaseTest, aResultOfAnEarlierClaimIsRefusedThoughTheSameProcessClaimedTheModelAgain)
{
    Study late = studyOf(file, 1);
    const ModelId id = late.claimNext()->id;
    Database(file, Database::Access::readWrite).execute("UPDATE model SET state = 'waiting', owner = NULL");
    Study second(file, Access::readWrite);
    ASSERT_EQ(second.claimNext()->id, id);
    EXPECT_ERROR(late.recordEpoch(id, {1, 0.05, 2.5, 80, 75, 3}), "claimed anew by this process");
    EXPECT_THROW(late.finish(id, ModelState::finished, 99, "", 1, 1), LostClaim);
    EXPECT_THROW(late.release(id), LostClaim);
    second.finish(id, ModelState::finished, 10, "", 1, 1);
    EXPECT_EQ(second.model(id).error, 10);
    EXPECT_EQ(second.model(id).finishOrder, 1);
}

TEST_F(LeaseTest, aProcessThatTrainsBeatsAndEndsItsLease)
{
    studyOf(file, 1);
    Database database(file, Database::Access::readOnly);
    const auto beats = [&] {
        Statement row(database, "SELECT beats FROM lease WHERE owner = ?");
        return row.bind(thisOwner()).step() ? row.integer(0) : 0;
    };
    {
        const StudyKeeper keeper(file, [](const std::string&) {}, {.turn = 1ms});
        while (beats() < 3)
            std::this_thread::yield();
    }
    EXPECT_EQ(beats(), 0);
}

TEST_F(LeaseTest, aKeeperWaitsForAStudyThatIsNotThereYet)
{
    const StudyKeeper keeper(file, [](const std::string&) {}, {.turn = 1ms});
    std::this_thread::yield();
    Study study = studyOf(file, 1);
    while (Database(file, Database::Access::readOnly).integer("SELECT max(beats) FROM lease") < 3)
        std::this_thread::yield();
    study.finish(study.claimNext()->id, ModelState::finished, 10, "", 1, 1);
    EXPECT_EQ(study.totals().finished, 1);
}

} // namespace
} // namespace spacewright
