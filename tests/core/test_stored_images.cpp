// Data sets of more images than memory may take: read once into a file beside them, and mapped from there.
#include "core/data/cifar.h"
#include "core/data/csv.h"
#include "core/data/idx.h"
#include "core/data/split.h"
#include "tests/core/data_folder.h"
#include <cstdlib>
#include <fstream>

namespace spacewright {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using test::bytesOf;
using test::operator+;

constexpr int imageCount = 40;

/// Each form holds 40 images of which number i is all i and has the label i mod 7, and a few test images.
class StoredImages : public test::DataFolder {
protected:
    StoredImages() { setenv("XDG_CACHE_HOME", (m_folder / "cache of the user").c_str(), 1); }
    ~StoredImages() override { unsetenv("XDG_CACHE_HOME"); }

    using Reader = DataFiles (*)(const fs::path&, const ReadOptions&);
    struct Form {
        fs::path path;
        Reader read;
    };
    std::vector<Form> forms()
    {
        Bytes images, labels, cifar, test;
        std::string table = "label,a,b,c,d\n";
        for (std::uint8_t i = 0; i < imageCount; ++i) {
            const std::uint8_t label = i % 7;
            images = images + Bytes(4, i);
            labels.push_back(label);
            cifar = cifar + Bytes{label} + Bytes(3072, i);
            table += std::to_string(label);
            for (int pixel = 0; pixel < 4; ++pixel)
                table += "," + std::to_string(i);
            table += "\n";
        }
        write("idx/train-images-idx3-ubyte", Bytes{0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2} + images);
        write("idx/train-labels-idx1-ubyte", Bytes{0, 0, 8, 1, 0, 0, 0, 40} + labels);
        write("idx/t10k-images-idx3-ubyte", Bytes{0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2} + Bytes(16, 9));
        write("idx/t10k-labels-idx1-ubyte", Bytes{0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 3});
        write("cifar/data_batch_1.bin", cifar);
        write("cifar/test_batch.bin", Bytes(cifar.begin(), cifar.begin() + 4 * 3073));
        write("csv/train.csv", table);
        write("csv/test.csv", "0,9,9,9,9\n1,8,8,8,8\n");
        return {{m_folder / "idx", readIdxFolder}, {m_folder / "cifar", readCifar10}, {m_folder / "csv", readCsv}};
    }
    static std::vector<fs::path> caches(const fs::path& folder)
    {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder / ".spacewright"))
            if (entry.path().filename() != "lock")
                files.push_back(entry.path());
        return files;
    }
    static void expectSame(const ImageSet& a, const ImageSet& b)
    {
        EXPECT_EQ(a.count, b.count);
        EXPECT_EQ(a.channels, b.channels);
        EXPECT_EQ(a.size, b.size);
        EXPECT_EQ(a.labels, b.labels);
        EXPECT_EQ(a.pixels, b.pixels);
    }
};

TEST_F(StoredImages, areTheSameInEveryFormAndOrderAsInMemory)
{
    for (const Form& form : forms())
        for (const std::uint64_t seed : {0, 1, 2}) {
            SCOPED_TRACE(form.path.string() + " by seed " + std::to_string(seed));
            DataFiles inMemory = form.read(form.path, {.splitSeed = seed});
            EXPECT_FALSE(fs::exists(form.path / ".spacewright") && seed == 0) << "few images need no cache";
            DataSet expected, found;
            split(expected, std::move(inMemory), 0, 5, seed);
            const DataFiles stored = form.read(form.path, {.splitSeed = seed, .inMemory = 20});
            EXPECT_EQ(caches(form.path).size(), seed + 1) << "one for each seed, and nothing else";
            EXPECT_NE(stored.notes.back().find(".spacewright"), std::string::npos) << "it is said where they are";
            split(found, stored, 0, 5, seed);
            expectSame(found.training, expected.training);
            expectSame(found.validation, expected.validation);
            expectSame(found.test, expected.test);
        }
}

TEST_F(StoredImages, areReadOnceUntilTheirFileChanges)
{
    const Form form = forms().back();
    const DataFiles first = form.read(form.path, {.inMemory = 20});
    const fs::path cache = caches(form.path).front();
    const auto made = fs::last_write_time(cache);
    expectSame(form.read(form.path, {.inMemory = 20}).training, first.training);
    EXPECT_EQ(fs::last_write_time(cache), made);
    std::ofstream(form.path / "train.csv", std::ios::app) << "1,2,3,4,5\n";
    EXPECT_EQ(form.read(form.path, {.inMemory = 20}).training.count, imageCount + 1);
    ASSERT_EQ(caches(form.path).size(), 1u) << "that of before is of no use any more";
    EXPECT_NE(caches(form.path).front(), cache);
}

TEST_F(StoredImages, leaveNothingBehindWhereTheFileIsBroken)
{
    const Form form = forms().back();
    std::ofstream(form.path / "train.csv", std::ios::app) << "1,2,3,4,500\n";
    expectError([&] { form.read(form.path, {.inMemory = 20}); }, {"train.csv", "line 42", "\"500\""});
    EXPECT_TRUE(caches(form.path).empty());
}

TEST_F(StoredImages, ofTwoShapesAreRefusedInBothPlaces)
{
    const Form form = forms().front();
    write("idx/t10k-images-idx3-ubyte", Bytes{0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 1} + Bytes(4, 9));
    for (const std::uint64_t limit : {1000, 20})
        expectError([&] { form.read(form.path, {.inMemory = limit}); }, {"idx", "differ in size"});
}

} // namespace
} // namespace spacewright
