// Images as rows of CSV, plain or gzipped.
#include "tests/fuzz/fuzz.h"
#include "core/data/csv.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] { readCsv(fileWith(bytes, "data.csv"), {}); });
}

} // namespace spacewright::fuzz
