// The forms in which data sets come: a row each.
#include "core/data/formats.h"
#include "core/data/cifar.h"
#include "core/data/csv.h"
#include "core/data/idx.h"
#include "core/data/image_folder.h"
#include "core/data/npz.h"
#include "core/error.h"
#include <array>

namespace spacewright {

namespace {

constexpr std::array formats{
    DataFormat{"IDX", "a folder of IDX files (train-images-idx3-ubyte, ...)", holdsIdx, checkIdx, readIdxFolder},
    DataFormat{"CIFAR-10", "of CIFAR-10's binary files (data_batch_1.bin, ...)", holdsCifar10, checkCifar10,
               readCifar10},
    DataFormat{"CIFAR-100", "of CIFAR-100's (train.bin, test.bin)", holdsCifar100, nullptr, readCifar100},
    DataFormat{"image folder", "of pictures (train/CLASS/*.png or CLASS/*.jpg)", holdsImages, nullptr, readImageFolder},
    DataFormat{"NumPy", "a file data.npz (x_train, y_train, ...)", isNpz, nullptr, readNpz},
    DataFormat{"CSV", "or data.csv (label, pixels)", holdsCsv, nullptr, readCsv},
};

} // namespace

const DataFormat& formatOf(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        throw Error("There is no data set \"" + path.string() +
                    "\": it is neither the name fashion-mnist nor a folder or file.");
    std::string known;
    for (const DataFormat& format : formats) {
        if (format.recognises(path))
            return format;
        known += (known.empty() ? "" : ", ") + std::string(format.files);
    }
    throw Error("No data set was recognised in " + path.string() + ". What is understood: " + known + ".");
}

} // namespace spacewright
