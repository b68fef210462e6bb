// CIFAR's binary files, NumPy's archives and tables: what is read from them and what is refused.
#include "core/data/image_set.h"
#include "core/exchange/zip.h"
#include "tests/core/data_folder.h"
#include <map>
#include <zip.h>

namespace spacewright {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using test::bytesOf;
using test::operator+;

class DataForms : public test::DataFolder {
protected:
    /// The array's file as NumPy 1.x writes it.
    static std::string npy(const std::string& type, const std::string& shape, const Bytes& values,
                           const std::string& order = "False")
    {
        std::string header = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
        header.resize((header.size() + 10) / 64 * 64 + 54, ' ');
        std::string bytes("\x93NUMPY\x01\x00", 8);
        bytes += static_cast<char>(header.size());
        bytes += static_cast<char>(header.size() >> 8);
        return bytes + header + std::string(values.begin(), values.end());
    }
    fs::path writeNpz(const std::vector<std::pair<std::string, std::string>>& arrays)
    {
        std::vector<ZipEntry> entries;
        for (const auto& [name, bytes] : arrays)
            entries.push_back({name + ".npy", bytes});
        return write("data.npz", toZip(entries));
    }
    /// What is said about an archive of these images and six labels.
    void expectRefused(const std::string& images, std::initializer_list<std::string> parts)
    {
        const fs::path path = writeNpz({{"x_train", images}, {"y_train", npy("|u1", "(6,)", {0, 1, 2, 0, 1, 2})}});
        expectError([&] { loadDataSet(path.string(), 0, 1); }, parts);
        expectError([&] { loadDataSet(path.string(), 0, 1); }, {path.string(), "x_train"});
    }
    static Bytes record(std::initializer_list<std::uint8_t> labels, std::uint8_t colour)
    {
        Bytes bytes(labels);
        bytes.insert(bytes.end(), 3072, colour);
        return bytes;
    }
};

TEST_F(DataForms, readsCifar10InItsOrder)
{
    write("data_batch_1.bin", record({7}, 1) + record({9}, 2));
    write("data_batch_2.bin", record({0}, 3));
    write("test_batch.bin", record({3}, 4));
    write("batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
    const DataSet data = loadDataSet(m_folder.string(), 0, 1);
    EXPECT_EQ(data.form, "CIFAR-10");
    EXPECT_EQ(data.training.labels, (Bytes{7, 9}));
    EXPECT_EQ(data.validation.labels, Bytes{0}) << "the last image";
    EXPECT_EQ(data.validation.pixels, Bytes(3072, 3));
    EXPECT_EQ(data.test.labels, Bytes{3});
    EXPECT_EQ(data.training.channels, 3);
    EXPECT_EQ(data.training.size, 32);
    EXPECT_EQ(className(data, 9), "truck");
    EXPECT_EQ(data.mean.size(), 3u);
}

TEST_F(DataForms, readsTheFineLabelsOfCifar100)
{
    write("train.bin", record({19, 99}, 1) + record({1, 5}, 2));
    write("test.bin", record({0, 42}, 3));
    const DataSet data = loadDataSet(m_folder.string(), 0, 1);
    EXPECT_EQ(data.training.labels, Bytes{99});
    EXPECT_EQ(data.test.labels, Bytes{42});
    EXPECT_EQ(data.training.classes, 100);
}

TEST_F(DataForms, refusesBrokenCifarFiles)
{
    write("data_batch_1.bin", record({0}, 1) + record({10}, 2));
    expectError([&] { loadDataSet(m_folder.string(), 0, 1); }, {m_folder.string(), "lacks", "test_batch.bin"});
    write("test_batch.bin", record({0}, 1));
    expectError([&] { loadDataSet(m_folder.string(), 0, 1); }, {"data_batch_1.bin", "record 2 has the label 10"});
    write("data_batch_1.bin", record({0}, 1) + Bytes(3000));
    expectError([&] { loadDataSet(m_folder.string(), 0, 1); }, {"data_batch_1.bin", "ends within record 2"});
    write("data_batch_3.bin", record({0}, 1));
    expectError([&] { loadDataSet(m_folder.string(), 0, 1); }, {"lacks", "data_batch_2.bin"});
}

TEST_F(DataForms, readsNumPyArchives)
{
    const fs::path path = writeNpz(
        {{"x_train", npy("|u1", "(3, 2, 2)", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})},
         {"y_train", npy("<i8", "(3,)", Bytes{1, 0, 0, 0, 0, 0, 0, 0} + Bytes(8) + Bytes{1, 0, 0, 0, 0, 0, 0, 0})},
         {"x_test", npy("|u1", "(1, 2, 2)", {9, 9, 9, 9})},
         {"y_test", npy(">i4", "(1, 1)", {0, 0, 0, 1})}});
    const DataSet data = loadDataSet(path.string(), 0, 1);
    EXPECT_EQ(data.form, "NumPy");
    EXPECT_EQ(data.training.count, 2);
    EXPECT_EQ(data.training.size, 2);
    for (int i = 0; i < 2; ++i) // images 0 and 2 have the label 1
        EXPECT_EQ(data.training.labels[i], data.training.image(i)[0] != 5);
    EXPECT_EQ(data.test.labels, Bytes{1});
    EXPECT_NE(data.split.find("drawn by split seed 0"), std::string::npos) << data.split;
}

TEST_F(DataForms, putsChannelsFirstWhereverNumPyHasThem)
{
    const std::string labels = npy("|u1", "(6,)", {0, 1, 0, 1, 0, 1});
    const auto imagesOf = [&](const std::string& shape, const Bytes& image) {
        Bytes values;
        for (int i = 0; i < 6; ++i)
            values.insert(values.end(), image.begin(), image.end());
        return loadTestImages(writeNpz({{"images", npy("|u1", shape, values)}, {"labels", labels}}).string());
    };
    const Bytes planes{1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24};
    EXPECT_EQ(imagesOf("(6, 2, 2, 3)", {1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24}).pixels, planes);
    EXPECT_EQ(imagesOf("(6, 3, 2, 2)", planes).pixels, planes);
    EXPECT_EQ(imagesOf("(6, 2, 4)", {1, 2, 3, 4, 5, 6, 7, 8}).pixels, (Bytes{2, 3, 6, 7})) << "the centre";
}

TEST_F(DataForms, theNamesOfMedMnistHaveTheirOwnValidation)
{
    const std::string one = npy("|u1", "(1, 2, 2)", {5, 5, 5, 5});
    const fs::path path = writeNpz({{"train_images", npy("|u1", "(2, 2, 2)", {1, 1, 1, 1, 2, 2, 2, 2})},
                                    {"train_labels", npy("|u1", "(2, 1)", {0, 1})},
                                    {"val_images", one},
                                    {"val_labels", npy("|u1", "(1, 1)", {1})},
                                    {"test_images", one},
                                    {"test_labels", npy("|u1", "(1, 1)", {0})}});
    const DataSet data = loadDataSet(path.string(), 0, 1);
    EXPECT_EQ(data.training.count, 2);
    EXPECT_EQ(data.validation.labels, Bytes{1});
    EXPECT_EQ(data.test.labels, Bytes{0});
    expectError([&] { loadDataSet(path.string(), 0, 2); }, {"1 for validation"});
}

TEST_F(DataForms, refusesNumPyArraysThatAreNoImages)
{
    const Bytes values(24, 1);
    expectRefused(npy("<f4", "(6, 1, 1)", values), {"'f4'", "uint8"});
    expectRefused(npy("|O", "(6, 2, 2)", values), {"Python objects"});
    expectRefused(npy("|u1", "(6, 2, 2)", values, "True"), {"Fortran order"});
    expectRefused(npy("|u1", "(6, 4)", values), {"(6, 4)"});
    expectRefused(npy("|u1", "(4, 2, 3)", values), {"4 images for 6 labels"});
    expectRefused(npy("|u1", "(6, 2, 2)", Bytes(23)), {"fewer than the 24 bytes"});
    expectRefused(npy("|u1", "(6, 2, 2)", Bytes(25)), {"more than the 24 bytes"});
    expectRefused(npy("|u1", "(6, 4294967296, 4294967296)", values), {"(6, 4294967296, 4294967296)"});
    expectRefused("no array at all", {"no NumPy array"});
    expectRefused(npy("[('a', '|u1')]", "(6, 2, 2)", values), {"type of plain values"});
    expectError([&] { loadDataSet(writeNpz({{"weights", ""}}).string(), 0, 1); }, {"weights.npy", "x_train"});
    expectError([&] { loadDataSet(writeNpz({{"images", ""}}).string(), 0, 1); }, {"images", "no array of labels"});
    expectError([&] { loadDataSet(write("data.npz", "text").string(), 0, 1); }, {"data.npz", "zip"});
}

TEST_F(DataForms, refusesNumPyLabelsOutOfRange)
{
    const auto refusal = [&](const std::string& labels, std::initializer_list<std::string> parts) {
        const fs::path path = writeNpz({{"x", npy("|u1", "(2, 1, 1)", {1, 2})}, {"y", labels}});
        expectError([&] { loadDataSet(path.string(), 0, 1); }, parts);
    };
    refusal(npy("<i2", "(2,)", {1, 0, 0, 1}), {"array y", "label number 2"});
    refusal(npy("|i1", "(2,)", {255, 0}), {"label number 1"});
    refusal(npy("<f8", "(2,)", Bytes(16)), {"'f8'"});
}

/// 100 MB of zeros in a file of less than a megabyte.
TEST_F(DataForms, refusesAZipBombBeforeItUnpacks)
{
    const std::string labels = npy("|u1", "(100000,)", Bytes(100000));
    const std::string images = npy("|u1", "(100000, 32, 32)", Bytes(102400000));
    const fs::path path = m_folder / "data.npz";
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    for (const auto& [name, bytes] : {std::pair("x_train.npy", &images), std::pair("y_train.npy", &labels)})
        zip_file_add(archive, name, zip_source_buffer(archive, bytes->data(), bytes->size(), 0), 0);
    ASSERT_EQ(zip_close(archive), 0);
    ASSERT_LT(fs::file_size(path), 1000000u);
    expectError([&] { loadDataSet(path.string(), 0, 1); }, {"x_train", "unpack to more than 200 times"});
}

TEST_F(DataForms, readsTablesWithAndWithoutAHeader)
{
    const std::string rows = "1,1,2,3,4\n0,5,6,7,8\n2,9,10,11,12\n1,0,0,0,255\r\n";
    const std::string header = "label,1x1,1x2,2x1,2x2\n", labelLast = "a,b,c,d,class\n1,2,3,4,1\n5,6,7,8,0\n";
    std::map<int, int> labels{{1, 1}, {5, 0}, {9, 2}, {0, 1}}; ///< by first pixel
    for (const fs::path& path : {write("a.csv", rows), write("b.csv", header + rows),
                                 writeGzipped("c.csv.gz", bytesOf(header + rows.substr(0, rows.size() - 2)))}) {
        const DataSet data = loadDataSet(path.string(), 0, 1);
        EXPECT_EQ(data.form, "CSV");
        EXPECT_EQ(data.training.count, 2) << "one of four validates, one is for the test";
        EXPECT_EQ(data.training.size, 2);
        for (int i = 0; i < 2; ++i)
            EXPECT_EQ(data.training.labels[i], labels[data.training.image(i)[0]]);
    }
    write("mnist_train.csv", labelLast);
    write("mnist_test.csv", "0,4,3,2,1\n");
    fs::remove(m_folder / "a.csv");
    const DataSet data = loadDataSet(m_folder.string(), 0, 1);
    EXPECT_EQ(data.training.labels[0], data.training.image(0)[0] == 1);
    EXPECT_EQ(data.test.pixels, (Bytes{4, 3, 2, 1}));
}

TEST_F(DataForms, refusesTablesNamingTheLine)
{
    const auto refusal = [&](const std::string& text, std::initializer_list<std::string> parts) {
        const fs::path path = write("a.csv", text);
        expectError([&] { loadDataSet(path.string(), 0, 1); }, parts);
    };
    const std::string row = "1,1,2,3,4\n";
    refusal("p0,p1,p2,p3,p4,label\n" + row, {"a.csv", "line 2", "column 6 is the label"});
    refusal(row + row + "1,1,2,3\n" + row, {"a.csv", "line 3", "3 pixels where the first has 4"});
    refusal("label,a,b,c,d\n" + row + "256,1,2,3,4\n", {"line 3", "\"256\" as its label"});
    refusal(row + "1,1,2,-3,4\n", {"line 2", "\"-3\" as column 4"});
    refusal(row + "1,1,2,0.5,4\n", {"line 2", "\"0.5\""});
    refusal("1,1,2\n", {"line 1", "2 pixels"});
    refusal("label,a\n", {"no images"});
    refusal("", {"no images"});
    refusal(std::string(20000000, '1'), {"line 1", "longer"});
}

TEST_F(DataForms, refusesATableThatEndsWithinItsCompression)
{
    std::string rows;
    for (int i = 0; i < 5000; ++i)
        rows += std::to_string(i % 10) + "," + std::to_string(i * 7919 % 256) + "\n";
    const fs::path whole = writeGzipped("a.csv.gz", bytesOf(rows));
    fs::resize_file(whole, fs::file_size(whole) / 2);
    expectError([&] { loadDataSet(whole.string(), 0, 1); }, {"a.csv.gz", "ends too early"});
}

TEST_F(DataForms, saysWhatIsUnderstoodWhereNothingIsRecognised)
{
    write("notes.txt", "hello");
    expectError([&] { dataSetPath(m_folder.string()); },
                {m_folder.string(), "IDX", "data_batch_1.bin", ".npz", "CLASS"});
    expectError([&] { dataSetPath((m_folder / "notes.txt").string()); }, {"notes.txt", "No data set was recognised"});
}

} // namespace
} // namespace spacewright
