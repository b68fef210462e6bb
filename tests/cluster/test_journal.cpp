// Journals: what is whole is read, whatever happened to the writer.
#include "core/cluster/journal.h"
#include "cluster_fixture.h"

namespace spacewright {
namespace {

class Journal : public StudyTest {
protected:
    std::vector<int> read(JournalReader& reader)
    {
        std::vector<int> numbers;
        reader.read([&](const nlohmann::json& line) { numbers.push_back(line.at("n").get<int>()); });
        return numbers;
    }
    void append(const std::string& bytes) const { std::ofstream(path, std::ios::binary | std::ios::app) << bytes; }
    static std::string line(int n) { return journalLine({{"n", n}}); }

    std::filesystem::path path = folder / "journal.jsonl";
};

TEST_F(Journal, isReadOnFromWhereTheLastReadingEnded)
{
    JournalReader reader(path);
    EXPECT_EQ(read(reader), std::vector<int>());
    AppendedFile file(path);
    file.append(line(1));
    EXPECT_EQ(read(reader), std::vector{1});
    file.append(line(2));
    file.append(line(3));
    EXPECT_EQ(read(reader), (std::vector{2, 3}));
    EXPECT_EQ(reader.damaged(), 0);
}

TEST_F(Journal, leavesAnUnfinishedLineForTheNextReading)
{
    JournalReader reader(path);
    append(line(1) + line(2).substr(0, 12));
    EXPECT_EQ(read(reader), std::vector{1});
    append(line(2).substr(12));
    EXPECT_EQ(read(reader), std::vector{2});
    EXPECT_EQ(reader.damaged(), 0);
}

TEST_F(Journal, passesOverDamagedLinesAndCountsThem)
{
    JournalReader reader(path);
    std::string flipped = line(2);
    flipped[flipped.size() - 3] ^= 1;
    append(line(1) + flipped + "garbage\n" + std::string(3, '\0') + "\n" + line(3));
    EXPECT_EQ(read(reader), (std::vector{1, 3}));
    EXPECT_EQ(reader.damaged(), 3);
}

TEST_F(Journal, goesOnBehindALineThatAnEarlierWriterDidNotFinish)
{
    append(line(1) + "0000");
    AppendedFile(path).append(line(2));
    JournalReader reader(path);
    EXPECT_EQ(read(reader), (std::vector{1, 2}));
    EXPECT_EQ(reader.damaged(), 1);
}

TEST_F(Journal, saysWhereTheDiskIsFull)
{
    if (!std::filesystem::exists("/dev/full"))
        GTEST_SKIP() << "no /dev/full on this system";
    EXPECT_ERROR(AppendedFile("/dev/full").append("x"), "No space left");
}

} // namespace
} // namespace spacewright
