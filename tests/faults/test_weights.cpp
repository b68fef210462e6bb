// Weights beside a study: killed while they are written, and made by a stranger.
#include "core/exchange/safetensors.h"
#include "study_fixture.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <cstddef>

namespace spacewright {
namespace {

class WeightsTest : public StudyTest {
protected:
    std::filesystem::path path = folder / "small.study.weights" / "1.safetensors";
};

Checkpoint weights(float value)
{
    return {{{"job", "a"}}, {{"weight", {100, 100}, std::vector<float>(10'000, value)}}};
}

/// From now on the kernel kills this process where it asks for that.
void dieAt(unsigned call)
{
    sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{std::size(steps), steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        throw Error("skip");
}

TEST_F(WeightsTest, aKillAtAnyStepOfWritingLeavesTheOldOnesOrTheNew)
{
#ifdef SYS_rename
    const unsigned rename = SYS_rename;
#else
    const unsigned rename = SYS_renameat;
#endif
    for (const unsigned call : {unsigned(SYS_openat), unsigned(SYS_write), unsigned(SYS_fsync), rename}) {
        save(weights(1), path);
        ChildProcess child([&](const auto& say) {
            const Checkpoint later = weights(2);
            if (const std::string why = errorOf([&] { dieAt(call); }); !why.empty())
                say(why);
            save(later, path);
        });
        if (child.answer() == "skip")
            GTEST_SKIP() << "this machine has no seccomp";
        EXPECT_EQ(loadCheckpoint(path).arrays.at(0).values, std::vector<float>(10'000, 1.0F)) << "system call " << call;
        save(weights(3), path); // over what the kill left
        EXPECT_EQ(loadCheckpoint(path).arrays.at(0).values, std::vector<float>(10'000, 3.0F));
    }
}

TEST_F(WeightsTest, nothingIsWrittenThroughAStrangersLinks)
{
    std::ofstream(folder / "dear") << "dear";
    std::filesystem::create_directory(path.parent_path());
    for (const std::string& name : {path.string(), path.string() + ".part"}) {
        std::filesystem::create_symlink(folder / "dear", name);
        save(weights(1), path);
        EXPECT_EQ(bytesOf(folder / "dear"), "dear");
        EXPECT_TRUE(std::filesystem::is_regular_file(std::filesystem::symlink_status(path)));
        std::filesystem::remove(path);
    }
    ASSERT_EQ(mkfifo((path.string() + ".part").c_str(), 0600), 0);
    save(weights(1), path);
    EXPECT_EQ(loadCheckpoint(path).arrays.size(), 1U);
}

TEST_F(WeightsTest, whatIsNoOrdinaryFileIsRefusedAndNotWaitedFor)
{
    std::filesystem::create_directories(path);
    EXPECT_ERROR(loadCheckpoint(path), "no ordinary file");
    std::filesystem::remove(path);
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    EXPECT_ERROR(loadCheckpoint(path), "no ordinary file");
    std::filesystem::remove(path);
    std::filesystem::create_symlink("/dev/zero", path);
    EXPECT_ERROR(loadCheckpoint(path), "links are not followed");
}

TEST_F(WeightsTest, linksAreRefusedEvenToWeights)
{
    save(weights(1), folder / "elsewhere");
    std::filesystem::create_directory(path.parent_path());
    for (const auto& target : {folder / "elsewhere", folder / "nothing"}) {
        std::filesystem::create_symlink(target, path);
        EXPECT_ERROR(loadCheckpoint(path), "it is a link to another file, and links are not followed");
        std::filesystem::remove(path);
    }
}

TEST_F(WeightsTest, moreThanANetworksTrainingHoldsIsRefusedBeforeItIsAllocated)
{
    const std::vector<Layer> network = layers(smallSample(0).network);
    const std::int64_t most = 2 * stateSize(network);
    for (const std::int64_t numbers : {most, most + 1, std::int64_t{50'000'000'000}}) {
        const std::string n = std::to_string(numbers), bytes = std::to_string(4 * numbers);
        const std::string header = R"({"a":{"dtype":"F32","shape":[)" + n + R"(],"data_offsets":[0,)" + bytes + "]}}";
        const std::uint64_t size = header.size();
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(&size), sizeof size) << header;
        std::filesystem::resize_file(path, sizeof size + size + 4 * std::uint64_t(numbers)); // takes no room
        if (numbers == most)
            EXPECT_EQ(std::ssize(loadCheckpoint(path, network).arrays.at(0).values), most);
        else
            EXPECT_ERROR(loadCheckpoint(path, network), "more than the training of its network does");
    }
}

TEST_F(WeightsTest, headersThatPromiseTooMuchAreRefusedBeforeAnythingIsAllocated)
{
    const std::pair<const char*, const char*> rows[] = {
        {R"({"a":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,4000000000000]}})", "impossible shape"},
        {R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", "impossible shape"},
        {R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "impossible shape"},
        {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
         "does not lie where"},
        {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", "does not lie where"},
        {R"({"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", "not of 32-bit floats"},
    };
    std::filesystem::create_directory(path.parent_path());
    const auto write = [&](std::uint64_t size, const std::string& text) {
        std::ofstream file(path, std::ios::binary);
        file.write(reinterpret_cast<const char*>(&size), sizeof size);
        file << text << "12345678";
    };
    for (const auto& [header, part] : rows) {
        write(std::string_view(header).size(), header);
        EXPECT_ERROR(loadCheckpoint(path), part) << header;
    }
    write(~std::uint64_t{0}, "{}");
    EXPECT_ERROR(loadCheckpoint(path), "shorter than its header says");
    write(200'000'000'000, "{}");
    std::filesystem::resize_file(path, 300'000'000'000); // takes no room
    EXPECT_ERROR(loadCheckpoint(path), "longer than any is");
}

} // namespace
} // namespace spacewright
