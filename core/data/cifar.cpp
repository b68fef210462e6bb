// Reads CIFAR's binary files: records of one or two labels and three planes.
#include "core/data/cifar.h"
#include "core/data/gz_file.h"
#include "core/data/stored_images.h"
#include "core/error.h"
#include <fstream>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

constexpr int size = 32, channels = 3;
constexpr std::size_t imageBytes = std::size_t(channels) * size * size;

struct Kind {
    std::size_t labelBytes; ///< the last of them counts
    int classes;
    const char* namesFile;
};
constexpr Kind cifar10{1, 10, "batches.meta.txt"}, cifar100{2, 100, "fine_label_names.txt"};

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

fs::path batch(const fs::path& folder, int number)
{
    return folder / ("data_batch_" + std::to_string(number) + ".bin");
}

/// data_batch_1.bin, data_batch_2.bin, ... as far as they go.
std::vector<fs::path> batches(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (int number = 1; isFile(batch(folder, number)); ++number)
        files.push_back(batch(folder, number));
    return files;
}

void readRecords(const std::vector<fs::path>& paths, const Kind& kind, ImageSink& sink)
{
    std::vector<std::uint8_t> record(kind.labelBytes + imageBytes);
    for (const fs::path& path : paths) {
        GzFile file(path);
        int inFile = 0;
        while (const std::size_t got = file.read(record.data(), record.size())) {
            const std::string which = "record " + std::to_string(++inFile);
            if (got < record.size())
                file.fail("it ends within " + which + ", which must be " + std::to_string(record.size()) +
                          " bytes long");
            const std::uint8_t label = record[kind.labelBytes - 1];
            if (label >= kind.classes)
                file.fail(which + " has the label " + std::to_string(label) + " where 0 to " +
                          std::to_string(kind.classes - 1) + " are allowed");
            sink.append({record.begin() + static_cast<std::ptrdiff_t>(kind.labelBytes), record.end()}, label);
        }
        if (inFile == 0)
            file.fail("it is empty");
    }
}

/// A name a line; none when the file is missing or has another number of them.
std::vector<std::string> classNames(const fs::path& folder, const Kind& kind)
{
    std::ifstream file(folder / kind.namesFile);
    std::vector<std::string> names;
    for (std::string name; std::getline(file, name) && names.size() <= std::size_t(kind.classes);) {
        if (!name.empty() && name.back() == '\r')
            name.pop_back();
        if (!name.empty())
            names.push_back(name);
    }
    return names.size() == std::size_t(kind.classes) ? names : std::vector<std::string>{};
}

DataFiles readCifar(const fs::path& folder, const Kind& kind, const std::vector<fs::path>& training,
                    const fs::path& test, const ReadOptions& options)
{
    std::vector<fs::path> all{test, folder / kind.namesFile};
    if (!options.testOnly)
        all.insert(all.begin(), training.begin(), training.end());
    return readStored(folder, all, options, [&](ImageSink& sink) {
        if (!options.testOnly) {
            sink.begin(Part::training, channels, size, kind.classes);
            readRecords(training, kind, sink);
        }
        sink.begin(Part::test, channels, size, kind.classes);
        readRecords({test}, kind, sink);
        DataFiles files;
        files.classNames = classNames(folder, kind);
        return files;
    });
}

} // namespace

bool holdsCifar10(const fs::path& folder)
{
    return isFile(folder / "data_batch_1.bin") || isFile(folder / "test_batch.bin");
}

void checkCifar10(const fs::path& folder, bool testOnly)
{
    const auto require = [&](const fs::path& file) {
        if (!isFile(file))
            throw Error("The data set folder " + folder.string() + " lacks CIFAR-10's file " +
                        file.filename().string() + ".");
    };
    require(folder / "test_batch.bin");
    if (testOnly)
        return;
    require(batch(folder, 1));
    constexpr int published = 5;
    for (int number = published; number > 1; --number)
        if (isFile(batch(folder, number)))
            require(batch(folder, number - 1)); // a gap, not a smaller set
}

DataFiles readCifar10(const fs::path& folder, const ReadOptions& options)
{
    return readCifar(folder, cifar10, batches(folder), folder / "test_batch.bin", options);
}

bool holdsCifar100(const fs::path& folder)
{
    return isFile(folder / "train.bin") && isFile(folder / "test.bin");
}

DataFiles readCifar100(const fs::path& folder, const ReadOptions& options)
{
    return readCifar(folder, cifar100, {folder / "train.bin"}, folder / "test.bin", options);
}

} // namespace spacewright
