// Pictures in folders of classes: what becomes of them, and the cache of decoded pixels.
#include "core/data/image_set.h"
#include "tests/core/data_folder.h"
#include "tests/core/picture_files.h"
#include <cstdlib>
#include <set>

namespace spacewright {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using test::plain;
using test::writeJpeg;
using test::writePng;

class ImageFolder : public test::DataFolder {
protected:
    ImageFolder()
    {
        setenv("XDG_CACHE_HOME", (m_folder / "home-cache").c_str(), 1);
        m_data = m_folder / "pictures";
    }
    ~ImageFolder() override { unsetenv("XDG_CACHE_HOME"); }

    /// Twelve grey pictures of each class: 10 i for cats, 200 + i for dogs.
    void writeClasses(const std::string& part = "")
    {
        for (int i = 0; i < 12; ++i) {
            const std::string name = std::to_string(i) + ".png";
            writePng(m_data / part / "cats" / name, plain(4, 4, {static_cast<std::uint8_t>(10 * i)}));
            writePng(m_data / part / "dogs" / name, plain(4, 4, {static_cast<std::uint8_t>(200 + i)}));
        }
    }
    DataSet load(int validation = 4, std::uint64_t seed = 0)
    {
        return loadDataSet(m_data.string(), 0, validation, seed);
    }
    static Bytes firstPixels(const ImageSet& set)
    {
        Bytes result;
        for (int i = 0; i < set.count; ++i)
            result.push_back(set.image(i)[0]);
        return result;
    }
    std::vector<fs::path> caches()
    {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(m_data / ".spacewright"))
            if (entry.path().extension() == ".images")
                files.push_back(entry.path());
        return files;
    }

    fs::path m_data;
};

TEST_F(ImageFolder, takesClassesFromFoldersAndDrawsTheSplit)
{
    writeClasses();
    const DataSet data = load();
    EXPECT_EQ(data.form, "image folder");
    EXPECT_EQ(data.classNames, (std::vector<std::string>{"cats", "dogs"}));
    EXPECT_EQ(data.training.channels, 1);
    EXPECT_EQ(data.training.size, 4);
    EXPECT_EQ(data.test.count, 4) << "a sixth of 24";
    EXPECT_EQ(data.validation.count, 4);
    EXPECT_EQ(data.training.count, 16);
    std::set<std::uint8_t> all;
    for (const ImageSet* set : {&data.training, &data.validation, &data.test})
        for (int i = 0; i < set->count; ++i) {
            EXPECT_EQ(set->labels[i], set->image(i)[0] >= 200);
            EXPECT_TRUE(all.insert(set->image(i)[0]).second) << "no picture is in two sets";
        }
    EXPECT_EQ(all.size(), 24u);
    EXPECT_EQ(firstPixels(load().validation), firstPixels(data.validation)) << "the same split again";
    EXPECT_NE(firstPixels(load(4, 1).validation), firstPixels(data.validation)) << "another by another seed";
    EXPECT_NE(load(4, 1).split.find("split seed 1"), std::string::npos);
}

TEST_F(ImageFolder, namedPartsStayApart)
{
    writeClasses("train");
    writePng(m_data / "val/cats/a.png", plain(4, 4, {7}));
    EXPECT_EQ(firstPixels(load().test), Bytes{7}) << "what is held out once is for the test";
    writePng(m_data / "test/dogs/a.png", plain(4, 4, {8}));
    const DataSet data = load(1);
    EXPECT_EQ(firstPixels(data.validation), Bytes{7});
    EXPECT_EQ(firstPixels(data.test), Bytes{8});
    EXPECT_EQ(data.training.count, 24);
    writePng(m_data / "test/birds/a.png", plain(4, 4, {8}));
    expectError([&] { load(1); }, {"test/birds", "no class"});
}

TEST_F(ImageFolder, oneColourPictureMakesAllHaveThreeChannels)
{
    writePng(m_data / "a/grey.png", plain(2, 2, {50}));
    writePng(m_data / "b/colour.png", plain(2, 2, {10, 20, 30}));
    for (int i = 0; i < 5; ++i)
        writeJpeg(m_data / "b" / (std::to_string(i) + ".JPG"), plain(2, 2, {200, 0, 0}));
    const DataSet data = load(1);
    ASSERT_EQ(data.training.channels, 3);
    int found = 0;
    for (const ImageSet* set : {&data.training, &data.validation, &data.test})
        for (int i = 0; i < set->count; ++i) {
            const Bytes image(set->image(i), set->image(i) + 12);
            found += image == Bytes(12, 50);
            found += image == Bytes{10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30};
            found += image[0] > 195 && image[4] < 5 && image[11] < 5;
        }
    EXPECT_EQ(found, 7);
}

TEST_F(ImageFolder, resizesToTheMedianSideAndSaysSo)
{
    writeClasses();
    Picture wide = plain(8, 6, {0}); // its central 6 x 6 is half black, half white
    for (int i = 0; i < 48; ++i)
        wide.values[i] = i % 8 < 4 ? 0 : 255;
    for (int i = 0; i < 3; ++i)
        writePng(m_data / "cats" / ("wide" + std::to_string(i) + ".png"), wide);
    const DataSet data = load();
    EXPECT_EQ(data.training.size, 4);
    ASSERT_FALSE(data.notes.empty());
    EXPECT_NE(data.notes[0].find("resized to 4x4"), std::string::npos) << data.notes[0];
    int found = 0;
    for (const ImageSet* set : {&data.training, &data.validation, &data.test})
        for (int i = 0; i < set->count; ++i)
            found += Bytes(set->image(i), set->image(i) + 4) == Bytes{0, 0, 255, 255};
    EXPECT_EQ(found, 3);
}

TEST_F(ImageFolder, transparentPicturesLieOnWhite)
{
    writePng(m_data / "a/1.png", plain(2, 2, {0, 0, 0, 0}));
    for (int i = 0; i < 6; ++i)
        writePng(m_data / "b" / (std::to_string(i) + ".png"), plain(2, 2, {1, 2, 3, 255}));
    const DataSet data = load(1);
    int white = 0;
    for (const ImageSet* set : {&data.training, &data.validation, &data.test})
        for (int i = 0; i < set->count; ++i)
            white += set->image(i)[0] == 255;
    EXPECT_EQ(white, 1);
}

TEST_F(ImageFolder, listsWhatCannotBeDecodedAndGoesOn)
{
    writeClasses();
    write("pictures/cats/text.png", "this is no picture");
    write("pictures/cats/readme.txt", "left alone");
    write("pictures/dogs/empty.jpg", "");
    fs::resize_file(m_data / "dogs/3.png", fs::file_size(m_data / "dogs/3.png") - 20);
    writeJpeg(m_data / "cats/short.jpg", plain(64, 64, {90}));
    fs::resize_file(m_data / "cats/short.jpg", fs::file_size(m_data / "cats/short.jpg") / 2);
    const DataSet data = load();
    EXPECT_EQ(data.training.count + data.validation.count + data.test.count, 23);
    EXPECT_EQ(data.broken.count, 4);
    std::set<std::string> names;
    for (const BrokenFiles::File& file : data.broken.first) {
        names.insert(file.name);
        EXPECT_FALSE(file.reason.empty());
        if (file.name == "cats/text.png") {
            EXPECT_EQ(file.reason, "it is neither a PNG nor a JPEG file");
        }
    }
    EXPECT_EQ(names, (std::set<std::string>{"cats/text.png", "dogs/empty.jpg", "dogs/3.png", "cats/short.jpg"}));
    EXPECT_EQ(load().broken.count, 4) << "from the cache as well";
}

TEST_F(ImageFolder, namesTheFirstTwentyBrokenFilesAndCountsTheRest)
{
    writeClasses();
    for (int i = 0; i < 30; ++i)
        write("pictures/cats/broken" + std::to_string(i) + ".png", "no");
    const DataSet data = load();
    EXPECT_EQ(data.broken.count, 30);
    EXPECT_EQ(data.broken.first.size(), 20u);
}

TEST_F(ImageFolder, refusesFoldersWithoutClasses)
{
    writePng(m_data / "cats/1.png", plain(4, 4, {1}));
    expectError([&] { load(); }, {m_data.string(), "only one class, cats"});
    write("pictures/dogs/1.png", "no");
    write("pictures/cats/1.png", "no");
    expectError([&] { load(); }, {m_data.string(), "No picture", "cats/1.png"});
    for (int i = 0; i < 257; ++i)
        write("pictures/" + std::to_string(i) + "/1.png", "no");
    expectError([&] { load(); }, {"259 classes", "256"});
}

TEST_F(ImageFolder, decodesOnceForAsLongAsNothingChanges)
{
    writeClasses();
    const DataSet first = load();
    ASSERT_EQ(caches().size(), 1u);
    const fs::path cache = caches().front();
    const auto written = fs::last_write_time(cache);
    EXPECT_EQ(firstPixels(load().training), firstPixels(first.training));
    EXPECT_EQ(fs::last_write_time(cache), written);
    writePng(m_data / "cats/new.png", plain(4, 4, {199}));
    EXPECT_EQ(load().training.count, 17);
    ASSERT_EQ(caches().size(), 1u) << "that of before is of no use any more";
    EXPECT_NE(caches().front(), cache);
    EXPECT_EQ(firstPixels(first.training).size(), 16u) << "who still looks at the old one may";
}

TEST_F(ImageFolder, aDamagedCacheIsMadeAgain)
{
    writeClasses();
    const Bytes expected = firstPixels(load().training);
    fs::resize_file(caches().front(), 100);
    EXPECT_EQ(firstPixels(load().training), expected);
    std::fstream(caches().front(), std::ios::in | std::ios::out | std::ios::binary).write("damaged", 7);
    EXPECT_EQ(load().training.count, 16);
}

TEST_F(ImageFolder, keepsTheCacheWithThePersonWhereTheFolderCannotBeWritten)
{
    writeClasses();
    write("pictures/.spacewright", "a file where the folder should be");
    const DataSet data = load();
    EXPECT_EQ(data.training.count, 16);
    EXPECT_TRUE(fs::exists(m_folder / "home-cache/spacewright"));
    EXPECT_NE(data.notes.back().find("home-cache"), std::string::npos) << data.notes.back();
}

TEST_F(ImageFolder, readingCanBeStopped)
{
    writeClasses();
    expectError([&] { loadDataSet(m_data.string(), 0, 4, 0, [](std::int64_t, std::int64_t) { return false; }); },
                {"stopped"});
    EXPECT_TRUE(caches().empty());
    EXPECT_EQ(load().training.count, 16);
}

} // namespace
} // namespace spacewright
