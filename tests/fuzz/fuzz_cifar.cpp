// CIFAR's binary files.
#include "tests/fuzz/fuzz.h"
#include "core/data/cifar.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const std::filesystem::path folder = fileWith(bytes, "test_batch.bin").parent_path();
    fileWith(bytes, "data_batch_1.bin");
    readOrRefuse([&] { readCifar10(folder, {}); });
    fileWith(bytes, "train.bin");
    fileWith(bytes, "test.bin");
    readOrRefuse([&] { readCifar100(folder, {}); });
}

} // namespace spacewright::fuzz
