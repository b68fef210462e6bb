// Reading image files: what is right, what is broken, and how a data set is found and split.
#include "core/data/idx.h"
#include "core/data/stored_images.h"
#include "tests/core/data_folder.h"
#include <cmath>
#include <cstdlib>
#include <set>

namespace spacewright {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using test::operator+;

Bytes header(std::initializer_list<std::uint32_t> numbers)
{
    Bytes bytes;
    for (const std::uint32_t number : numbers)
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::uint8_t>(number >> shift));
    return bytes;
}

/// `SPACEWRIGHT_DATA` is as it was afterwards.
class Idx : public test::DataFolder {
protected:
    void TearDown() override { unsetenv("SPACEWRIGHT_DATA"); }

    /// Six training images of 2 x 2 pixels (image i is all 10 i) and two test images.
    void writeDataSet()
    {
        Bytes pixels;
        for (std::uint8_t i = 0; i < 6; ++i)
            pixels.insert(pixels.end(), 4, static_cast<std::uint8_t>(10 * i));
        write("train-images-idx3-ubyte", header({0x803, 6, 2, 2}) + pixels);
        writeGzipped("train-labels-idx1-ubyte.gz", header({0x801, 6}) + Bytes{0, 1, 2, 0, 1, 2});
        writeGzipped("t10k-images-idx3-ubyte.gz", header({0x803, 2, 2, 2}) + Bytes(8, 255));
        write("t10k-labels-idx1-ubyte", header({0x801, 2}) + Bytes{3, 0});
    }
    void expectBroken(const Bytes& images, const Bytes& labels, std::initializer_list<std::string> parts)
    {
        const fs::path imageFile = write("images", images), labelFile = write("labels", labels);
        expectError([&] { read(imageFile, labelFile); }, parts);
    }
    static DataFiles read(const fs::path& images, const fs::path& labels)
    {
        return readStored(images, {}, {}, [&](ImageSink& sink) {
            DataFiles files;
            files.notes = {readIdx(images, labels, Part::training, sink)};
            return files;
        });
    }

    const Bytes m_labels = header({0x801, 2}) + Bytes{0, 1};
};

TEST_F(Idx, readsPlainAndGzippedFiles)
{
    const Bytes images = header({0x803, 2, 2, 2}) + Bytes{1, 2, 3, 4, 5, 6, 7, 8};
    const fs::path plain = write("images", images), gzipped = writeGzipped("images.gz", images);
    for (const fs::path& path : {plain, gzipped}) {
        const ImageSet set = read(path, write("labels", m_labels)).training;
        EXPECT_EQ(set.count, 2);
        EXPECT_EQ(set.size, 2);
        EXPECT_EQ(set.channels, 1);
        EXPECT_EQ(set.classes, 2);
        EXPECT_EQ(set.pixels, (Bytes{1, 2, 3, 4, 5, 6, 7, 8}));
        EXPECT_EQ(set.labels, (Bytes{0, 1}));
    }
}

TEST_F(Idx, keepsTheCentreOfImagesThatAreNotSquare)
{
    const DataFiles files = read(write("images", header({0x803, 2, 2, 4}) + Bytes{1, 2, 3, 4, 5, 6, 7, 8, //
                                                                                  11, 12, 13, 14, 15, 16, 17, 18}),
                                 write("labels", m_labels));
    EXPECT_EQ(files.training.size, 2);
    EXPECT_EQ(files.training.pixels, (Bytes{2, 3, 6, 7, 12, 13, 16, 17}));
    EXPECT_NE(files.notes[0].find("2x4"), std::string::npos) << files.notes[0];
}

TEST_F(Idx, refusesFilesOfAnotherKind)
{
    expectBroken(header({0x801, 2, 2, 2}) + Bytes(8), m_labels, {"images", "wrong first four bytes"});
    expectBroken(header({0x803, 2, 2, 2}) + Bytes(8), header({0x803, 2}) + Bytes(2),
                 {"labels", "wrong first four bytes"});
    expectBroken({'h', 'i'}, m_labels, {"images", "ends within its header"});
    expectBroken({}, m_labels, {"images", "ends within its header"});
    expectError([&] { read(m_folder / "none", m_folder / "none"); }, {"none", "cannot be opened"});
    expectError([&] { read(m_folder, m_folder); }, {m_folder.string()});
}

TEST_F(Idx, refusesTooFewAndTooManyBytes)
{
    expectBroken(header({0x803, 2, 2, 2}) + Bytes(7), m_labels, {"images", "holds 7 bytes", "8 are promised"});
    expectBroken(header({0x803, 2, 2, 2}) + Bytes(9), m_labels, {"images", "more data"});
    expectBroken(header({0x803, 2, 2, 2}) + Bytes(8), header({0x801, 3}) + Bytes(3),
                 {"labels", "3 labels for 2 images"});
    expectBroken(header({0x803, 2, 2, 2}) + Bytes(8), header({0x801, 2}) + Bytes(1), {"labels", "holds 1 bytes"});
}

TEST_F(Idx, refusesAbsurdHeadersWithoutTakingTheirMemory)
{
    expectBroken(header({0x803, 0x7fffffff, 4096, 4096}) + Bytes(8), m_labels, {"2 labels for 2147483647 images"});
    expectBroken(header({0x803, 0x7fffffff, 4096, 4096}) + Bytes(8), header({0x801, 0x7fffffff}) + Bytes(8),
                 {"labels", "holds 8 bytes"});
    expectBroken(header({0x803, 2, 4096, 4096}) + Bytes(8), m_labels, {"images", "holds 8 bytes"});
    expectBroken(header({0x803, 0xffffffff, 28, 28}), m_labels, {"images", "4294967295 images"});
    expectBroken(header({0x803, 0, 28, 28}), m_labels, {"images", "0 images"});
    expectBroken(header({0x803, 2, 0xffffffff, 0xffffffff}), m_labels, {"images", "4294967295 x 4294967295 pixels"});
}

TEST_F(Idx, refusesGzippedDataThatEndsEarlyOrIsDamaged)
{
    Bytes noise(4000);
    for (std::size_t i = 0; i < noise.size(); ++i)
        noise[i] = static_cast<std::uint8_t>((i * i * 7 + i / 3) >> 2);
    const fs::path whole = writeGzipped("images.gz", header({0x803, 10, 20, 20}) + noise);
    Bytes bytes(fs::file_size(whole));
    std::ifstream(whole, std::ios::binary).read(reinterpret_cast<char*>(bytes.data()), bytes.size());
    expectBroken(Bytes(bytes.begin(), bytes.begin() + bytes.size() / 2), m_labels, {"images", "ends too early"});
    bytes[bytes.size() - 6] ^= 0xff; // of the checksum
    expectBroken(bytes, m_labels, {"images", "reading fails"});
}

TEST_F(Idx, splitsValidationOffTheEndOfTheTrainingFiles)
{
    writeDataSet();
    const DataSet data = loadDataSet(m_folder.string(), 3, 2);
    EXPECT_EQ(data.training.count, 3);
    EXPECT_EQ(data.training.labels, (Bytes{0, 1, 2}));
    EXPECT_EQ(data.training.pixels, (Bytes{0, 0, 0, 0, 10, 10, 10, 10, 20, 20, 20, 20}));
    EXPECT_EQ(data.validation.labels, (Bytes{1, 2}));
    EXPECT_EQ(data.validation.pixels, (Bytes{40, 40, 40, 40, 50, 50, 50, 50}));
    EXPECT_EQ(data.test.count, 2);
    EXPECT_EQ(data.training.classes, 4) << "the test set has a label that the training set lacks";
    ASSERT_EQ(data.mean.size(), 1u);
    EXPECT_NEAR(data.mean[0], 10 / 255.0, 1e-7);
    EXPECT_NEAR(data.deviation[0], std::sqrt(200 / 3.0) / 255, 1e-7);
    EXPECT_EQ(loadDataSet(m_folder.string(), 0, 2).training.count, 4);
}

TEST_F(Idx, aSplitSeedDrawsTheValidationImages)
{
    writeDataSet();
    const DataSet official = loadDataSet(m_folder.string(), 0, 2);
    EXPECT_NE(official.split.find("the last 2 of 6 training images"), std::string::npos) << official.split;
    std::set<Bytes> seen;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const DataSet data = loadDataSet(m_folder.string(), 0, 2, seed);
        EXPECT_NE(data.split.find("split seed " + std::to_string(seed)), std::string::npos) << data.split;
        EXPECT_EQ(data.validation.pixels, loadDataSet(m_folder.string(), 0, 2, seed).validation.pixels);
        seen.insert(Bytes(data.validation.pixels.begin(), data.validation.pixels.end()));
        Bytes all = Bytes(data.training.pixels.begin(), data.training.pixels.end()) +
                    Bytes(data.validation.pixels.begin(), data.validation.pixels.end());
        for (int i = 0; i < 4; ++i) // label i mod 3 stays with the image of 10 i
            EXPECT_EQ(data.training.labels[i], data.training.image(i)[0] / 10 % 3);
        std::sort(all.begin(), all.end());
        EXPECT_EQ(all,
                  (Bytes{0, 0, 0, 0, 10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30, 40, 40, 40, 40, 50, 50, 50, 50}));
        EXPECT_EQ(data.test.pixels, official.test.pixels);
    }
    EXPECT_GT(seen.size(), 5u) << "of 30 ordered pairs";
}

TEST_F(Idx, namesAreKnownForFashionMnist)
{
    setenv("SPACEWRIGHT_DATA", m_folder.c_str(), 1);
    fs::create_directories(m_folder / "fashion-mnist");
    m_folder /= "fashion-mnist";
    writeDataSet();
    EXPECT_EQ(className(loadDataSet("fashion-mnist", 0, 2), 3), "Dress");
    EXPECT_EQ(className(loadDataSet(m_folder.string(), 0, 2), 3), "3");
    write("t10k-labels-idx1-ubyte", header({0x801, 2}) + Bytes{10, 0});
    expectError([&] { loadDataSet("fashion-mnist", 0, 2); }, {"more classes than the 10"});
}

TEST_F(Idx, imagesOfOneColourHaveAUsableDeviation)
{
    writeDataSet();
    EXPECT_EQ(loadDataSet(m_folder.string(), 1, 2).deviation[0], 1);
}

TEST_F(Idx, refusesASplitThatDoesNotFit)
{
    writeDataSet();
    for (const auto& [training, validation] :
         std::vector<std::pair<int, int>>{{5, 2}, {0, 6}, {-1, 2}, {0, 0}, {0, -3}})
        expectError([&] { loadDataSet(m_folder.string(), training, validation); }, {"6 training images"});
}

TEST_F(Idx, findsTheDataSetWhereTheEnvironmentSays)
{
    setenv("SPACEWRIGHT_DATA", m_folder.c_str(), 1);
    fs::create_directories(m_folder / "fashion-mnist");
    m_folder /= "fashion-mnist";
    writeDataSet();
    EXPECT_EQ(dataSetPath("fashion-mnist"), m_folder);
    m_folder = m_folder.parent_path();
}

TEST_F(Idx, testImagesNeedNoTrainingImagesBesideThem)
{
    write("t10k-images-idx3-ubyte", header({0x803, 1, 2, 2}) + Bytes(4, 7));
    expectError([&] { loadTestImages(m_folder.string()); }, {m_folder.string(), "t10k-labels-idx1-ubyte"});
    write("t10k-labels-idx1-ubyte", header({0x801, 1}) + Bytes{2});
    const ImageSet images = loadTestImages(m_folder.string());
    EXPECT_EQ(images.count, 1);
    EXPECT_EQ(images.pixels, Bytes(4, 7));
    EXPECT_EQ(images.labels, Bytes{2});
    expectError([&] { loadDataSet(m_folder.string(), 0, 1); }, {"train-images-idx3-ubyte"});
}

TEST_F(Idx, saysWhatIsMissing)
{
    expectError([&] { dataSetPath("imagenet"); }, {"imagenet", "fashion-mnist"});
    expectError([&] { dataSetPath(m_folder.string()); }, {m_folder.string(), "train-images-idx3-ubyte"});
    writeDataSet();
    fs::remove(m_folder / "t10k-labels-idx1-ubyte");
    expectError([&] { loadDataSet(m_folder.string(), 0, 2); }, {"lacks the file t10k-labels-idx1-ubyte"});
}

} // namespace
} // namespace spacewright
