// Weights on disk: what is written comes back, and no file, however damaged, does harm.
#include "core/exchange/safetensors.h"
#include "core/error.h"
#include "tests/temporary_folder.h"
#include <gtest/gtest.h>
#include <csignal>
#include <fstream>
#include <sys/resource.h>

using namespace spacewright;

namespace {

const Checkpoint example{{{"job", "a \"quoted\" name"}, {"progress", "{}"}},
                         {{"s1.b1.f.a.weight", {2, 1, 1, 3}, {1, 2, 3, 4, 5, -0.1f}}, {"head.fc.bias", {1}, {7}}}};

std::string contents(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::filesystem::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string withHeader(const std::string& header, std::size_t dataBytes)
{
    const std::uint64_t size = header.size();
    return std::string(reinterpret_cast<const char*>(&size), sizeof size) + header + std::string(dataBytes, '\0');
}

TEST(Checkpoint, comesBackAsItWasSaved)
{
    const test::Folder folder;
    save(example, folder / "new/1.safetensors");
    EXPECT_EQ(loadCheckpoint(folder / "new/1.safetensors"), example);
    EXPECT_FALSE(std::filesystem::exists(folder / "new/1.safetensors.part"));
}

TEST(Checkpoint, replacesAnEarlierOne)
{
    const test::Folder folder;
    save(Checkpoint{{}, {{"x", {4}, {1, 2, 3, 4}}}}, folder / "1");
    save(example, folder / "1");
    EXPECT_EQ(loadCheckpoint(folder / "1"), example);
}

TEST(Checkpoint, refusesAFileCutOffAnywhere)
{
    const test::Folder folder;
    save(example, folder / "whole");
    const std::string whole = contents(folder / "whole");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write(folder / "cut", whole.substr(0, size));
        EXPECT_THROW(loadCheckpoint(folder / "cut"), Error) << size;
    }
    write(folder / "longer", whole + "more");
    EXPECT_THROW(loadCheckpoint(folder / "longer"), Error);
}

TEST(Checkpoint, refusesAMissingFileAndAFolder)
{
    const test::Folder folder;
    EXPECT_THROW(loadCheckpoint(folder / "none"), Error);
    EXPECT_THROW(loadCheckpoint(folder / "."), Error);
}

class HostileHeader : public testing::TestWithParam<std::pair<const char*, std::string>> {};

TEST_P(HostileHeader, isRefused)
{
    const test::Folder folder;
    write(folder / "hostile", withHeader(GetParam().second, 8));
    EXPECT_THROW(loadCheckpoint(folder / "hostile"), Error);
}

INSTANTIATE_TEST_SUITE_P(
    Checkpoint, HostileHeader,
    testing::Values(std::pair("NotJson", "not json"), std::pair("AList", "[1, 2]"),
                    std::pair("DeeplyNested", std::string(200000, '[')),
                    std::pair("OtherNumbers", R"({"a": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}})"),
                    std::pair("NegativeShape", R"({"a": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}})"),
                    std::pair("OverflowingShape",
                              R"({"a": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 8]}})"),
                    std::pair("ShapeUnlikeData", R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}})"),
                    std::pair("BeyondTheEnd", R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}})"),
                    std::pair("Overlap", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                                 "b": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})"),
                    std::pair("Gap", R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})"),
                    std::pair("MetadataOfNumbers", R"({"__metadata__": {"job": 1},
                                           "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}})")),
    [](const auto& info) { return info.param.first; });

TEST(Checkpoint, refusesAHeaderLongerThanTheFileWithoutAllocatingIt)
{
    const test::Folder folder;
    write(folder / "huge", std::string(7, '\xff') + "\x7f" + "{}");
    EXPECT_THROW(loadCheckpoint(folder / "huge"), Error);
}

TEST(Checkpoint, aDiskThatIsFullKeepsTheOldFileAndNoHalfWrittenOne)
{
    const test::Folder folder;
    const std::filesystem::path path = folder / "weights/1.safetensors";
    save(example, path);
    const std::string before = contents(path);
    Checkpoint large = example;
    large.arrays[1] = {"head.fc.bias", {1 << 16}, std::vector<float>(1 << 16, 1.0f)};
    // A limit on the size of files stands for a full disk: the write itself fails half-way.
    rlimit old{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1 << 15, old.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    EXPECT_THROW(save(large, path), Error);
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, oldHandler);
    EXPECT_EQ(contents(path), before);
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(Checkpoint, saysWhereItCannotBeWritten)
{
    const test::Folder folder;
    write(folder / "file", "");
    try {
        save(example, folder / "file/1.safetensors");
        FAIL() << "a file served as a folder";
    } catch (const Error& problem) {
        EXPECT_NE(std::string(problem.what()).find((folder / "file/1.safetensors").string()), std::string::npos);
    }
}

TEST(Checkpoint, isNotWrittenWhereItsDiskWas)
{
    const test::Folder folder;
    EXPECT_THROW(save(example, folder / "disk/a.study.weights/1.safetensors"), StorageError);
    EXPECT_FALSE(std::filesystem::exists(folder / "disk"));
}

} // namespace
