// The built-in study, the spaces fitted to data, and the check of a study file.
#include "core/design/fitted.h"
#include "core/error.h"
#include "core/study/default_study.h"
#include "core/study/integrity.h"
#include <gtest/gtest.h>
#include <fstream>
#include <unistd.h>

namespace spacewright {
namespace {

class DefaultStudy : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(m_folder); }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    const std::filesystem::path m_folder =
        std::filesystem::temp_directory_path() / ("spacewright-default" + std::to_string(getpid()));
};

TEST(Fitted, smallImagesGetASmallImageStem)
{
    const Space small = fittedTo(namedSpace("AnyNetX_A"), 1, 28, 10);
    EXPECT_EQ(small.prototype.stem, StemType::cifar);
    EXPECT_EQ(small.prototype.stemWidth, 16);
    EXPECT_EQ(small.prototype.inputChannels, 1);
    EXPECT_EQ(small.prototype.resolution, 28);
    EXPECT_EQ(small.prototype.classes, 10);
    const Space large = fittedTo(namedSpace("AnyNetX_A"), 3, 224, 100);
    EXPECT_EQ(large.prototype.stem, namedSpace("AnyNetX_A").prototype.stem);
    EXPECT_EQ(large.prototype.stemWidth, namedSpace("AnyNetX_A").prototype.stemWidth);
}

TEST_F(DefaultStudy, holdsAnyNetXAAndItsRefinementD)
{
    const Study study = createDefaultStudy(m_folder / "a.study");
    const std::vector<StudySpace> spaces = study.spaces();
    ASSERT_EQ(spaces.size(), 2u);
    EXPECT_EQ(spaces[0].space.name, "AnyNetX_A");
    EXPECT_EQ(spaces[1].space.name, "AnyNetX_D");
    EXPECT_EQ(spaces[1].parent, spaces[0].id);
    EXPECT_EQ(spaces[1].added.size(), 3u);
    const std::vector<Model> models = study.models();
    ASSERT_EQ(models.size(), 48u);
    for (const Model& model : models) {
        EXPECT_GE(model.sample.complexity.flops, 1500000);
        EXPECT_LE(model.sample.complexity.flops, 2000000);
        const StudySpace& space = model.space == spaces[0].id ? spaces[0] : spaces[1];
        for (const Constraint& constraint : space.space.constraints)
            EXPECT_TRUE(fulfils(model.sample, constraint)) << toText(constraint);
    }
}

TEST_F(DefaultStudy, leavesAnExistingFileAlone)
{
    std::ofstream(m_folder / "a.study") << "mine";
    EXPECT_THROW(createDefaultStudy(m_folder / "a.study"), Error);
    EXPECT_EQ(std::filesystem::file_size(m_folder / "a.study"), 4u);
}

TEST_F(DefaultStudy, integrityCheckFindsDamage)
{
    const std::filesystem::path path = m_folder / "a.study";
    createDefaultStudy(path);
    EXPECT_NO_THROW(checkIntegrity(path));
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
    file << std::string(4096, '\x5a');
    file.close();
    EXPECT_THROW(checkIntegrity(path), Error);
    EXPECT_THROW(checkIntegrity(m_folder / "none.study"), Error);
}

} // namespace
} // namespace spacewright
