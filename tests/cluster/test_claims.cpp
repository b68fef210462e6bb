// Claims: each shard is with one attempt, until that is dead.
#include "core/cluster/claims.h"
#include "cluster_fixture.h"
#include <thread>

namespace spacewright {
namespace {

using ClaimsTest = ClusterTest;

std::vector<int> takeAll(Claims& claims)
{
    std::vector<int> shards;
    while (const auto claim = claims.take())
        shards.push_back(claim->shard);
    return shards;
}

TEST_F(ClaimsTest, ofTwoElementsNeverGetTheSameShard)
{
    Study study = studyOf(file, 8);
    const Bundle bundle = bundleOf(study, 2);
    const Attempt a = attempt(bundle, 0), b = attempt(bundle, 1);
    Claims ofA(bundle, a), ofB(bundle, b);
    std::set<int> taken;
    for (int i = 0; i < 4; ++i)
        for (Claims* claims : {&ofA, &ofB})
            EXPECT_TRUE(taken.insert(claims->take().value().shard).second);
    EXPECT_FALSE(ofA.take());
    EXPECT_EQ(taken.size(), 8u);
}

TEST_F(ClaimsTest, ofManyThreadsAtOnceGiveEachShardOnce)
{
    Study study = studyOf(file, 40);
    const Bundle bundle = bundleOf(study, 10);
    std::vector<std::vector<int>> taken(8);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&, i] {
                const Attempt mine = attempt(bundle, i);
                Claims claims(bundle, mine);
                taken[static_cast<std::size_t>(i)] = takeAll(claims);
            });
    }
    std::multiset<int> all;
    for (const auto& shards : taken)
        all.insert(shards.begin(), shards.end());
    EXPECT_EQ(all.size(), 40u);
    EXPECT_EQ(std::set<int>(all.begin(), all.end()).size(), 40u);
}

TEST_F(ClaimsTest, ofAnElementThatWasStartedAgainAreItsOwnAtOnce)
{
    Study study = studyOf(file, 4);
    const Bundle bundle = bundleOf(study, 1);
    const Attempt first = attempt(bundle, 0), other = attempt(bundle, 0, 0, "8"), again = attempt(bundle, 0, 1);
    Claims ofFirst(bundle, first), ofOther(bundle, other), ofAgain(bundle, again);
    EXPECT_EQ(takeAll(ofFirst).size(), 4u);
    EXPECT_FALSE(ofOther.take());
    const auto claim = ofAgain.take();
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->earlier, std::vector<std::string>{"7-0-0"});
}

TEST_F(ClaimsTest, ofASilentAttemptComeFreeAndThoseOfALiveOneDoNot)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1, 1);
    const Attempt silent = attempt(bundle, 0);
    Attempt live = attempt(bundle, 1);
    const Attempt observer = attempt(bundle, 2);
    Claims ofSilent(bundle, silent), ofLive(bundle, live), ofObserver(bundle, observer);
    const int lost = ofSilent.take().value().shard;
    ASSERT_TRUE(ofLive.take());
    EXPECT_FALSE(ofObserver.take());
    EXPECT_TRUE(ofObserver.mayComeFree());
    std::optional<Claims::Claim> taken;
    while (!(taken = ofObserver.take())) {
        live.beat();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(taken->shard, lost);
    live.beat();
    EXPECT_FALSE(ofObserver.take());
}

TEST_F(ClaimsTest, ofAnAttemptThatEndedAreFreeUnlessTheyAreDone)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    Attempt first = attempt(bundle, 0);
    const Attempt next = attempt(bundle, 1);
    Claims ofFirst(bundle, first), ofNext(bundle, next);
    const int done = ofFirst.take().value().shard, left = ofFirst.take().value().shard;
    ofFirst.done(done);
    first.end();
    EXPECT_EQ(takeAll(ofNext), std::vector{left});
}

TEST_F(ClaimsTest, ofAJobWhoseNumberWasGivenTwiceAreToldApart)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    EXPECT_EQ(attempt(bundle, 0).token(), "7-0-0");
    Attempt second = attempt(bundle, 0);
    EXPECT_EQ(second.token(), "7-0-0.2");
    second.end();
    EXPECT_EQ(attempt(bundle, 0).token(), "7-0-0.3");
}

} // namespace
} // namespace spacewright
