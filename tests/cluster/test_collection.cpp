// Collecting: every result comes into the study once, whoever wrote it and how often.
#include "core/cluster/collection.h"
#include "cluster_fixture.h"

namespace spacewright {
namespace {

using CollectionTest = ClusterTest;

TEST_F(CollectionTest, takesResultsWithEpochsAndWeights)
{
    Study study = studyOf(file, 3);
    const Bundle bundle = bundleOf(study, 1);
    EXPECT_EQ(study.totals().running, 3);
    EXPECT_FALSE(study.claimNext()); // they are not trained here too
    Attempt one = attempt(bundle, 0);
    one.record(0, result(1, 12.5), std::string("weights of 1"));
    one.record(1, result(2, 13.5), std::string("weights of 2"));
    Collection collection(study, bundle);
    EXPECT_EQ(collection.collect().taken, 2);
    EXPECT_EQ(study.model(ModelId{2}).error, 13.5);
    EXPECT_EQ(study.model(ModelId{2}).state, ModelState::finished);
    EXPECT_EQ(study.epochs(ModelId{1}).at(0).validationError, 12.5);
    EXPECT_EQ(bytesOf(study.checkpointPath(ModelId{2})), "weights of 2");

    one.record(2, result(3, 14.5), {}); // it goes on while the element trains
    one.end();
    EXPECT_EQ(collection.collect().taken, 3);
    EXPECT_EQ(collection.collect().open, 0);
    EXPECT_EQ(study.totals().finished, 3);
}

TEST_F(CollectionTest, dropsIdenticalResultsAndTellsOfDifferingOnes)
{
    Study study = studyOf(file, 3);
    const Bundle bundle = bundleOf(study, 1);
    Attempt lost = attempt(bundle, 0), again = attempt(bundle, 0, 1);
    lost.record(0, result(1, 12.5), {});
    again.record(0, result(1, 12.5), {});
    lost.record(1, result(2, 20), {});
    again.record(1, result(2, 21), {});
    Collection collection(study, bundle);
    const CollectReport& report = collection.collect();
    EXPECT_EQ(report.taken, 2);
    EXPECT_EQ(report.identical, 1);
    ASSERT_EQ(report.differing.size(), 1u);
    EXPECT_EQ(report.differing[0], "Model 2 is finished at 20 % by attempt 7-0-0, which was kept, and finished at 21 % "
                                   "by attempt 7-0-1.");
    EXPECT_EQ(study.model(ModelId{2}).error, 20);
}

TEST_F(CollectionTest, anotherCollectionChangesNothing)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    Attempt one = attempt(bundle, 0);
    one.record(0, result(1, 12.5), {});
    Collection(study, bundle).collect();
    const CollectReport again = Collection(study, bundle).collect();
    EXPECT_EQ(again.taken, 0);
    EXPECT_EQ(again.identical, 0);
    EXPECT_TRUE(again.differing.empty());
    EXPECT_EQ(again.open, 1);
    EXPECT_EQ(study.totals().finished, 1);
}

TEST_F(CollectionTest, keepsAResultWhoseWeightsAreDamagedAndSaysSo)
{
    Study study = studyOf(file, 1);
    const Bundle bundle = bundleOf(study, 1);
    attempt(bundle, 0).record(0, result(1, 12.5), std::string("weights"));
    std::ofstream(attemptFolder(bundle, "7-0-0") / "weights.bin") << "garbage";
    const CollectReport report = Collection(study, bundle).collect();
    EXPECT_EQ(report.taken, 1);
    EXPECT_EQ(report.noWeights, 1);
    EXPECT_FALSE(std::filesystem::exists(study.checkpointPath(ModelId{1})));
}

TEST_F(CollectionTest, readsPastWhatAKilledWriterLeft)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    attempt(bundle, 0).record(0, result(1, 12.5), {});
    std::ofstream(attemptFolder(bundle, "7-0-0") / "journal.jsonl", std::ios::app) << "1234abcd {\"kind\":\"resu";
    attempt(bundle, 0, 1).record(1, result(2, 13.5), {});
    const CollectReport report = Collection(study, bundle).collect();
    EXPECT_EQ(report.taken, 2);
    EXPECT_EQ(report.damaged, 0); // it is not finished, and may become so
}

TEST_F(CollectionTest, refusesNumbersThatAreNone)
{
    Study study = studyOf(file, 1);
    const Bundle bundle = bundleOf(study, 1);
    attempt(bundle, 0).record(0, result(1, 120), {}); // percent
    const CollectReport report = Collection(study, bundle).collect();
    EXPECT_EQ(report.taken, 0);
    EXPECT_EQ(report.damaged, 1);
    EXPECT_EQ(report.open, 1);
}

} // namespace
} // namespace spacewright
