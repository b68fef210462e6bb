// Capsules: a study as one archive, opened as it was, and refused when it is not what was written.
#include "core/exchange/capsule.h"
#include "core/exchange/sha256.h"
#include "core/exchange/zip.h"
#include "core/statistics/population.h"
#include "core/study/refinement.h"
#include "tests/core/study_fixture.h"
#include <nlohmann/json.hpp>

namespace spacewright {
namespace {

TEST(Sha256, givesThePublishedDigests)
{
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

class CapsuleTest : public StudyTest {
protected:
    CapsuleTest() : path(folder / "study.zip") {}

    /// Two spaces of which one reuses models, results of every kind, a test, and what is set aside or asked for.
    Study rich()
    {
        Study study = studyOf(file, 6);
        const auto finish = [&](ModelState state, std::optional<double> error) {
            const Model model = *study.claimNext();
            study.recordEpoch(model.id, {1, 0.05, std::numeric_limits<double>::quiet_NaN(), 80.5, 70.25, 3});
            study.finish(model.id, state, error, state == ModelState::finished ? "" : "why", 4, 1000);
            return model.id;
        };
        study.recordTest({finish(ModelState::finished, 20.125), "fashion-mnist", 7, 100});
        finish(ModelState::diverged, 90);
        finish(ModelState::failed, std::nullopt);
        finish(ModelState::stopped, 60);
        study.setNext({study.waiting().back()}, true);
        study.setAside({study.waiting().back()}, true);
        const SpaceId child = refine(study, {SpaceId{1}, "narrow", {constraintFrom("w1=:20")}, "because", 3});
        study.setPriority(child, 2);
        return study;
    }
    void write(const StudyContent& content)
    {
        writeCapsule(path, content, {"Spacewright 1", "my.study", {{"a", "b"}}});
    }

    std::filesystem::path path;
};

void expectAlike(const StudyContent& one, const StudyContent& other)
{
    EXPECT_EQ(one.recipe, other.recipe);
    ASSERT_EQ(one.spaces.size(), other.spaces.size());
    for (std::size_t i = 0; i < one.spaces.size(); ++i) {
        const StudySpace &a = one.spaces[i], &b = other.spaces[i];
        EXPECT_EQ(a.id, b.id);
        EXPECT_EQ(a.parent, b.parent);
        EXPECT_EQ(a.space, b.space);
        EXPECT_EQ(a.added, b.added);
        EXPECT_EQ(std::tie(a.note, a.seed, a.nextIndex, a.setAside, a.priority),
                  std::tie(b.note, b.seed, b.nextIndex, b.setAside, b.priority));
    }
    EXPECT_EQ(one.reused, other.reused);
    ASSERT_EQ(one.models.size(), other.models.size());
    for (std::size_t i = 0; i < one.models.size(); ++i) {
        const Model &a = one.models[i].model, &b = other.models[i].model;
        EXPECT_EQ(a.sample.network, b.sample.network);
        EXPECT_EQ(a.sample.drawnGroupWidths, b.sample.drawnGroupWidths);
        EXPECT_EQ(std::tie(a.id, a.space, a.sample.index, a.state, a.error, a.errorAtLeast, a.reason, a.seconds,
                           a.imagesPerSecond, a.finishOrder, a.setAside, a.isNext, a.priority),
                  std::tie(b.id, b.space, b.sample.index, b.state, b.error, b.errorAtLeast, b.reason, b.seconds,
                           b.imagesPerSecond, b.finishOrder, b.setAside, b.isNext, b.priority))
            << i;
        ASSERT_EQ(one.models[i].epochs.size(), other.models[i].epochs.size());
        for (std::size_t k = 0; k < one.models[i].epochs.size(); ++k)
            EXPECT_EQ(one.models[i].epochs[k].validationError, other.models[i].epochs[k].validationError);
    }
    ASSERT_EQ(one.tests.size(), other.tests.size());
    EXPECT_EQ(one.tests[0].wrong, other.tests[0].wrong);
}

TEST_F(CapsuleTest, opensAsTheStudyThatItWas)
{
    const StudyContent before = rich().content();
    write(before);
    ASSERT_TRUE(looksLikeCapsule(path));
    const Capsule capsule = readCapsule(path);
    EXPECT_EQ(capsule.origin.study, "my.study");
    EXPECT_EQ(capsule.origin.data.at("a"), "b");
    const Study opened = Study::create(folder / "opened.study", capsule.content);
    expectAlike(before, opened.content());
    EXPECT_EQ(opened.waiting(), Study(file, Study::Access::readOnly).waiting());
    EXPECT_EQ(view(opened)->populations.at(1).counts.reused,
              view(Study(file, Study::Access::readOnly))->populations.at(1).counts.reused);
}

TEST_F(CapsuleTest, untrainedItHoldsTheSameNetworksAndNoResult)
{
    const StudyContent before = rich().content();
    Study again = Study::create(folder / "again.study", untrained(before));
    const Counts counts = again.totals();
    EXPECT_EQ(counts.finished + counts.diverged + counts.failed + counts.stopped, 0);
    EXPECT_EQ(counts.total(), std::ssize(before.models));
    EXPECT_EQ(again.model(ModelId{1}).sample.network, before.models[0].model.sample.network);
    EXPECT_TRUE(again.tests().empty());
    EXPECT_TRUE(again.epochs(ModelId{1}).empty());
}

TEST_F(CapsuleTest, whatIsNotWhatWasWrittenIsRefused)
{
    write(rich().content());
    const std::string whole = bytesOf(path);
    const auto refusal = [&](const std::string& bytes) {
        std::ofstream(path, std::ios::binary) << bytes;
        return errorOf([&] { readCapsule(path); });
    };
    std::string changed = whole;
    changed[changed.find("because")] = 'B';
    EXPECT_NE(refusal(changed), "") << "the archive's own checksum, if not ours";
    EXPECT_NE(refusal(whole.substr(0, whole.size() / 2)), "");
    EXPECT_NE(refusal("PK\3\4 and nothing else"), "");

    const auto archive = [&](const std::string& name, const std::string& bytes) {
        return refusal(toZip({{name, bytes}}));
    };
    EXPECT_NE(archive("../../etc/passwd", "x").find("\"../../etc/passwd\", which does not belong"), std::string::npos);
    EXPECT_NE(archive("capsule.json", "{}").find("no capsule"), std::string::npos);
    EXPECT_NE(archive("capsule.json", R"({"capsule": 99})").find("newer"), std::string::npos);
    EXPECT_NE(archive("capsule.json", R"({"capsule": 1})").find("recipe.json is missing"), std::string::npos);
    const std::string forged =
        refusal(toZip({{"capsule.json", R"({"capsule": 1, "sha256": {"recipe.json": "0"}})"}, {"recipe.json", "{}"}}));
    EXPECT_NE(forged.find("SHA-256 differs"), std::string::npos) << forged;
}

TEST_F(CapsuleTest, aFileThatUnpacksToFarMoreIsRefusedBeforeItIs)
{
    // What `python3 -c 'zipfile...'` makes of 300 MB of zeros, by its directory alone: the sizes are what counts.
    std::string bomb = toZip({{"models.jsonl", "0123456789"}});
    const std::string size("\x0a\0\0\0\x0a\0\0\0", 8), claimed("\x0a\0\0\0\0\0\0\x20", 8); // 512 MB
    for (std::size_t at = bomb.find(size); at != std::string::npos; at = bomb.find(size, at + 1))
        bomb.replace(at, size.size(), claimed);
    std::ofstream(path, std::ios::binary) << bomb;
    const std::string words = errorOf([&] { readCapsule(path); });
    EXPECT_TRUE(words.find("more than 256 MB") != std::string::npos || words.find("damaged") != std::string::npos)
        << words;
}

} // namespace
} // namespace spacewright
