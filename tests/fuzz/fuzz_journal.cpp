// An element's journal: as it is, and with each line under a checksum that fits, as a writer gone wrong would leave it.
#include "tests/fuzz/fuzz.h"
#include "core/checksum.h"
#include "core/cluster/journal.h"
#include "core/cluster/result_line.h"
#include <cstdio>
#include <sstream>

namespace spacewright::fuzz {

namespace {

void readJournal(const std::string& bytes)
{
    JournalReader reader(fileWith(bytes, "journal.jsonl"));
    reader.read([](const nlohmann::json& line) {
        const ResultLine result = resultFrom(line);
        require(resultFrom(toJson(result)).trained.epochs.size() == result.trained.epochs.size(),
                "what was read can be written and read again");
    });
}

} // namespace

void readInput(const std::string& bytes)
{
    readJournal(bytes);
    std::string sealed;
    std::istringstream lines(bytes);
    for (std::string line; std::getline(lines, line);) {
        char sum[16];
        std::snprintf(sum, sizeof sum, "%08x ", checksum(line));
        sealed += sum + line + "\n";
    }
    readJournal(sealed);
}

} // namespace spacewright::fuzz
