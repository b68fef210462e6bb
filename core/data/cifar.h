// The binary files of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): 32x32 colour images.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

/// data_batch_1.bin ..., test_batch.bin, and batches.meta.txt with the classes' names where it is there.
bool holdsCifar10(const std::filesystem::path&);
void checkCifar10(const std::filesystem::path&, bool testOnly);
DataFiles readCifar10(const std::filesystem::path&, const ReadOptions&);

/// train.bin, test.bin, and fine_label_names.txt; the hundred fine labels are used.
bool holdsCifar100(const std::filesystem::path&);
DataFiles readCifar100(const std::filesystem::path&, const ReadOptions&);

} // namespace spacewright
