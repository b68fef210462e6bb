// Submitting, looking, cancelling and resuming, with a made-up SLURM.
#include "cluster_fixture.h"
#include "core/cluster/claims.h"

namespace spacewright {
namespace {

/// Answers as SLURM's commands do, and remembers what was asked.
struct FakeSlurm {
    std::vector<std::vector<std::string>> asked;
    std::string queue;
    int code = 0;

    RunCommand command()
    {
        return [this](const std::vector<std::string>& words) {
            asked.push_back(words);
            if (words[0] == "scancel")
                queue.clear();
            return CommandResult{code, words[0] == "sbatch" ? "41;testing\n" : queue, code ? "no controller\n" : "",
                                 false};
        };
    }
};

class SubmissionTest : public ClusterTest {
protected:
    FakeSlurm slurm;
};

TEST_F(SubmissionTest, lendsTheEndOfTheQueueAndLeavesItsHeadToThisMachine)
{
    Study study = studyOf(file, 6);
    ClusterRequest request;
    request.bundle = folder / "shared";
    request.models = 4;
    const Bundle bundle = prepareBundle(study, request);
    EXPECT_EQ(bundle.models(), 4);
    EXPECT_EQ(study.totals().waiting, 2);
    EXPECT_EQ(study.claimNext()->id, ModelId{1});
    EXPECT_EQ(bundlesOf(study), std::vector{folder / "shared"});
    EXPECT_EQ(study.releaseAbandoned(), 0);
}

TEST_F(SubmissionTest, changesNothingWhereTheBundleCannotBeMade)
{
    Study study = studyOf(file, 2);
    ClusterRequest request;
    request.bundle = folder / "nowhere" / "shared";
    EXPECT_ERROR(prepareBundle(study, request), "cannot be made");
    EXPECT_EQ(study.totals().waiting, 2);
}

TEST_F(SubmissionTest, writesAScriptWithWhatWasAskedFor)
{
    Study study = studyOf(file, 8);
    ClusterRequest request;
    request.bundle = folder / "shared 100% place";
    request.plan.program = "/opt/space wright/cli";
    request.plan.tasks = 2;
    request.slurm.partition = "gpu";
    request.slurm.lines = {"--mem=4G", "#SBATCH --comment=x"};
    request.slurm.modules = {"cuda/12"};
    request.slurm.container = "apptainer exec x.sif";
    request.slurm.gres = "gpu:2";
    request.slurm.account = "vision";
    request.slurm.constraint = "avx512";
    request.slurm.time = "4:00:00";
    const Bundle bundle = prepareBundle(study, request);
    const std::string script = bytesOf(bundle.path() / "job.sbatch");
    for (const char* part : {"#SBATCH --array=0-1\n", "#SBATCH --partition=gpu\n", "#SBATCH --mem=4G\n",
                             "#SBATCH --gres=gpu:2\n", "#SBATCH --account=vision\n", "#SBATCH --constraint=avx512\n",
                             "#SBATCH --time=4:00:00\n", "module load cuda/12 ||", "\n#SBATCH --comment=x\n",
                             "--signal=B:USR1@120\n", "\napptainer exec x.sif '/opt/space wright/cli' cluster work '"})
        EXPECT_NE(script.find(part), std::string::npos) << part << "\n" << script;
    EXPECT_NE(script.find("shared 100%% place/logs/%A_%a.txt'\n"), std::string::npos) << script;
    EXPECT_TRUE(bundle.plan().gpus);
    request.slurm.lines = {"--mem=4G\nrm -r x"};
    EXPECT_ERROR(prepareBundle(study, request), "line break");
    request.slurm.lines.clear();
    request.scriptTemplate = "@nmae@";
    EXPECT_ERROR(prepareBundle(study, request), "@nmae@");
}

TEST_F(SubmissionTest, trainsOnGpusWhereverTheScriptAsksForSome)
{
    for (const char* line : {"--gres=gpu:1", "--gres gpu:a100:1", "--gpus=1", "--gpus-per-node 1", "-G1", "-G 1"})
        EXPECT_TRUE(asksForGpus(std::string("#!/bin/sh\n#SBATCH ") + line + "\nexec x\n")) << line;
    for (const char* line : {"--partition=gpu", "--gres=disk:1", "--mem=4G", ""})
        EXPECT_FALSE(asksForGpus(std::string("#!/bin/sh\n#SBATCH ") + line + "\n--gpus=1\n")) << line;
}

TEST_F(SubmissionTest, startsOneArrayAndAsksTheQueueOnce)
{
    Study study = studyOf(file, 8);
    const Bundle bundle = bundleOf(study, 2);
    EXPECT_EQ(startJobs(bundle, slurm.command()), "41");
    EXPECT_EQ(slurm.asked.back()[2], "--array=0-1");
    slurm.queue = "PENDING|[1,4-6%2]|Resources\nRUNNING|0|None\n";
    const BundleState state = stateOf(study, bundle, slurm.command());
    EXPECT_EQ(slurm.asked.size(), 2u);
    EXPECT_EQ(state.queue.pending, 4);
    EXPECT_EQ(state.queue.running, 1);
    EXPECT_EQ(state.queue.reason, "Resources");
    EXPECT_FALSE(state.needsResume());
}

TEST_F(SubmissionTest, doesNotTakeAnEmptyQueueForTheEnd)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    startJobs(bundle, slurm.command());
    EXPECT_TRUE(stateOf(study, bundle, slurm.command()).needsResume()); // nothing ran, nothing is left of the job
    Attempt one = attempt(bundle, 0);
    one.record(0, result(1, 12.5), {});
    one.record(1, result(2, 12.5), {});
    const BundleState state = stateOf(study, bundle, slurm.command());
    EXPECT_FALSE(state.needsResume());
    EXPECT_EQ(state.results, 2);
    EXPECT_EQ(state.open, 2);
}

TEST_F(SubmissionTest, saysWhyElementsNeverBegan)
{
    Study study = studyOf(file, 9);
    const Bundle bundle = bundleOf(study, 2);
    startJobs(bundle, slurm.command());
    const auto problems = [&] { return stateOf(study, bundle, slurm.command()).problems; };
    ASSERT_EQ(problems().size(), 1U);
    EXPECT_PRED_FORMAT2(testing::IsSubstring, "wrote nothing into " + (bundle.path() / "logs").string(), problems()[0]);
    std::ofstream(bundle.path() / "logs" / "41_1.txt") << "line 9\nspacewright-cli:\x1bnot found\n\n";
    ASSERT_EQ(problems().size(), 1U);
    EXPECT_PRED_FORMAT2(testing::IsSubstring,
                        "Element 1 of job 41 ended before it began: \"spacewright-cli: not found\"", problems()[0]);
    slurm.queue = "RUNNING|0|None\n";
    EXPECT_TRUE(problems().empty()); // the others may still
    slurm.queue.clear();
    attempt(bundle, 1, 0, "41").report("no images");
    EXPECT_EQ(problems(), std::vector<std::string>{"An element reported: no images"});
    bundle.add({"42", ""}); // the next job is another matter
    std::ofstream(bundle.path() / "logs" / "42_0.txt") << "x";
    Attempt good = attempt(bundle, 0, 0, "42");
    EXPECT_TRUE(problems().empty());
}

TEST_F(SubmissionTest, knowsNothingWhenSlurmDoesNotAnswer)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    startJobs(bundle, slurm.command());
    slurm.code = 1;
    const BundleState state = stateOf(study, bundle, slurm.command());
    EXPECT_EQ(state.queue.problem, "squeue: no controller");
    EXPECT_FALSE(state.needsResume());
    EXPECT_ERROR(resumeBundle(study, bundle, slurm.command()), "still run");
    EXPECT_ERROR(cancelBundle(study, bundle, slurm.command()), "Nothing was taken back");
    EXPECT_EQ(study.totals().running, 2);
}

TEST_F(SubmissionTest, cancelsJobsByIdAndNameAndLetsTheRestWaitAgain)
{
    Study study = studyOf(file, 3);
    const Bundle bundle = bundleOf(study, 1);
    startJobs(bundle, slurm.command());
    attempt(bundle, 0).record(0, result(1, 12.5), {});
    slurm.queue = "RUNNING|0|None\n";
    EXPECT_EQ(cancelBundle(study, bundle, slurm.command()), 2);
    EXPECT_EQ(slurm.asked[1], (std::vector<std::string>{"scancel", "--name=" + bundle.name(), "41"}));
    EXPECT_EQ(study.totals().finished, 1);
    EXPECT_EQ(study.totals().waiting, 2);
    EXPECT_TRUE(bundle.isCancelled());
}

/// A study whose first model is begun: so far, and then given back.
void begin(Study& study, const Checkpoint& checkpoint, const std::vector<Epoch>& epochs)
{
    const ModelId id = study.claimNext()->id;
    for (const Epoch& epoch : epochs)
        study.recordEpoch(id, epoch);
    save(checkpoint, study.checkpointPath(id));
    study.release(id);
}

TEST_F(SubmissionTest, whatElementsHaveBegunGoesOnInTheStudy)
{
    Study study = studyOf(file, 4);
    const Bundle bundle = bundleOf(study, 1); // a shard for each model
    Attempt first = attempt(bundle, 0), second = attempt(bundle, 0, 1);
    for (Claims claims(bundle, first); claims.take();) {
    }
    first.keepCheckpoint(ModelId{2}, toSafetensors(checkpoint(1, 30)), epochs(1));
    first.keepCheckpoint(ModelId{3}, toSafetensors(checkpoint(0, 7)), {});
    first.record(0, result(1, 12.5), {});
    first.end();
    for (Claims claims(bundle, second); claims.take();) {
    }
    second.keepCheckpoint(ModelId{2}, toSafetensors(checkpoint(2, 5)), epochs(2));
    second.keepCheckpoint(ModelId{3}, toSafetensors(checkpoint(2)), epochs(1));           // some are missing
    second.keepCheckpoint(ModelId{4}, toSafetensors(checkpoint(2)).substr(9), epochs(2)); // damaged
    EXPECT_EQ(cancelBundle(study, bundle, slurm.command()), 3);
    EXPECT_EQ(study.totals().waiting, 3);
    EXPECT_EQ(loadCheckpoint(study.checkpointPath(ModelId{2})), checkpoint(2, 5));
    EXPECT_EQ(study.epochs(ModelId{2}).size(), 2U);
    EXPECT_EQ(loadCheckpoint(study.checkpointPath(ModelId{3})), checkpoint(0, 7));
    EXPECT_FALSE(std::filesystem::exists(study.checkpointPath(ModelId{4})));
    EXPECT_TRUE(study.epochs(ModelId{4}).empty());
}

TEST_F(SubmissionTest, whatTheStudyHasBegunGoesOnInTheBundle)
{
    Study study = studyOf(file, 3);
    const ModelId begun{1};
    begin(study, checkpoint(1, 3), epochs(1));
    std::ofstream(study.checkpointPath(ModelId{2})) << "no checkpoint";
    const Bundle bundle = bundleOf(study, 1);
    Attempt element = attempt(bundle, 0), later = attempt(bundle, 0, 1);
    const auto work = [&] { return workBefore(bundle, {element.token(), later.token()}).begun; };
    ASSERT_EQ(work().size(), 1U);
    EXPECT_EQ(loadCheckpoint(work().at(begun).checkpoint), checkpoint(1, 3));
    EXPECT_EQ(work().at(begun).epochs.size(), 1U);
    element.keepCheckpoint(begun, toSafetensors(checkpoint(0, 9)), {});
    EXPECT_EQ(work().at(begun).epoch, 1);
    element.keepCheckpoint(begun, toSafetensors(checkpoint(2)), epochs(2));
    EXPECT_EQ(work().at(begun).epoch, 2);
    later.keepCheckpoint(begun, toSafetensors(checkpoint(1, 0, "other images")), epochs(1)); // it had to begin anew
    EXPECT_EQ(work().at(begun).epoch, 1);
}

TEST_F(SubmissionTest, aStudyThatIsFurtherThanTheBundleKeepsItsOwnAndGivesItWhenResumed)
{
    Study study = studyOf(file, 3);
    const ModelId begun{1};
    const Bundle bundle = bundleOf(study, 1);
    startJobs(bundle, slurm.command());
    Attempt element = attempt(bundle, 0);
    for (Claims claims(bundle, element); claims.take();) {
    }
    element.keepCheckpoint(begun, toSafetensors(checkpoint(1)), epochs(1));
    cancelBundle(study, bundle, slurm.command());
    begin(study, checkpoint(3), epochs(3));
    resumeBundle(study, bundle, slurm.command());
    EXPECT_EQ(workBefore(bundle, {element.token()}).begun.at(begun).epoch, 3);
    cancelBundle(study, bundle, slurm.command());
    EXPECT_EQ(loadCheckpoint(study.checkpointPath(begun)), checkpoint(3));
    EXPECT_EQ(study.epochs(begun).size(), 3U);
}

TEST_F(SubmissionTest, resultsReachAnOlderCopyOfTheStudyToo)
{
    { // such as a backup from before, or what was recovered
        Study old = studyOf(folder / "old.study", 3);
    }
    Study study = studyOf(file, 3), old(folder / "old.study", Study::Access::readWrite);
    const Bundle bundle = bundleOf(study, 1);
    Attempt element = attempt(bundle, 0);
    Claims claims(bundle, element);
    const int shard = claims.take().value().shard;
    element.record(shard, result(static_cast<int>(bundle.shard(shard).models[0].model.id), 12.5), {});
    claims.done(shard);
    EXPECT_EQ(Collection(old, bundle).collect().taken, 0);
    resumeBundle(old, bundle, slurm.command());
    EXPECT_EQ(Collection(old, bundle).collect().taken, 1);
    EXPECT_EQ(old.totals().finished, 1);
    EXPECT_EQ(old.totals().running, 2);
}

TEST_F(SubmissionTest, aBundleThatIsThereKeepsItsModelsWhenAnotherIsToHaveItsPlace)
{
    Study study = studyOf(file, 3);
    ClusterRequest request;
    request.bundle = folder / "shared";
    request.models = 2;
    prepareBundle(study, request);
    EXPECT_ERROR(prepareBundle(study, request), "exists already");
    EXPECT_EQ(study.totals().running, 2);
    EXPECT_EQ(study.totals().waiting, 1);
}

TEST_F(SubmissionTest, modelsOfABundleThatIsGoneCanBeTakenBack)
{
    Study study = studyOf(file, 3);
    const Bundle bundle = bundleOf(study, 1);
    EXPECT_ERROR(takeBackLost(study, bundle.path()), "is there");
    std::filesystem::remove_all(bundle.path());
    EXPECT_EQ(takeBackLost(study, bundle.path()), 3);
    EXPECT_EQ(study.totals().waiting, 3);
}

TEST_F(SubmissionTest, resumesWhatIsNotDoneOnceNoJobIsLeft)
{
    Study study = studyOf(file, 3);
    const Bundle bundle = bundleOf(study, 1);
    startJobs(bundle, slurm.command());
    const Attempt dead = attempt(bundle, 0);
    Claims ofDead(bundle, dead);
    ofDead.done(ofDead.take().value().shard);
    ASSERT_TRUE(ofDead.take());
    slurm.queue = "RUNNING|0|None\n";
    EXPECT_ERROR(resumeBundle(study, bundle, slurm.command()), "still in SLURM's queue");
    cancelBundle(study, bundle, slurm.command());
    EXPECT_EQ(resumeBundle(study, bundle, slurm.command()), "41");
    EXPECT_FALSE(bundle.isCancelled());
    EXPECT_EQ(study.totals().running, 2);
    const Attempt next = attempt(bundle, 0, 0, "42");
    EXPECT_TRUE(Claims(bundle, next).take()); // no lease to wait for: it is known that nobody has it
}

TEST_F(SubmissionTest, aJobThatSlurmHasForgottenDoesNotKeepTheNextFromBeingCancelled)
{
    Study study = studyOf(file, 3);
    const Bundle bundle = bundleOf(study, 1);
    bundle.add({"40", ""});
    startJobs(bundle, slurm.command());
    slurm.queue = "RUNNING|0|None\n";
    int questions = 0; // it takes a moment until a cancelled job has left
    const RunCommand run = [&](const std::vector<std::string>& words) {
        if (words.back() == "40")
            return CommandResult{1, "", "scancel: error: Invalid job id specified\n", false};
        if (words[0] == "squeue" && ++questions < 2)
            return CommandResult{0, "COMPLETING|0|None\n", "", false};
        return slurm.command()(words);
    };
    EXPECT_EQ(cancelBundle(study, bundle, run), 3);
}

TEST_F(SubmissionTest, nothingIsStartedForModelsThatNobodyWaitsFor)
{
    Study study = studyOf(file, 2);
    const Bundle bundle = bundleOf(study, 1);
    cancelBundle(study, bundle, slurm.command());
    for (int i = 0; i < 2; ++i)
        study.finish(study.claimNext()->id, ModelState::finished, 10, "", 1, 1);
    EXPECT_ERROR(resumeBundle(study, bundle, slurm.command()), "waits for no model");
    EXPECT_TRUE(bundle.submissions().empty());
}

TEST_F(SubmissionTest, runsCommandsWithoutAShell)
{
    const CommandResult said = commandsOn()({"printf", "%s", "$HOME; 'x'"});
    EXPECT_EQ(said.out, "$HOME; 'x'");
    EXPECT_EQ(said.code, 0);
    EXPECT_TRUE(commandsOn({}, 0.2)({"sleep", "20"}).timedOut);
    EXPECT_ERROR(commandsOn()({"no-such-program-here"}), "could not be started");
    EXPECT_ERROR(commandsOn("-oProxyCommand=x"), "no name of a host");
}

} // namespace
} // namespace spacewright
