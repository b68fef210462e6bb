// doctor: whether this machine, a study file or a data set is as it should be.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/read_notice.h"
#include "core/data/data_check.h"
#include "core/error.h"
#include "core/study/file_system.h"
#include "core/study/integrity.h"
#include "gpu/engine.h"
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sys/statfs.h>

namespace spacewright {
namespace {

struct Options {
    std::string subject; ///< a study file, a data set or nothing
    int validationImages = 0;
    std::uint64_t splitSeed = 0;
    bool json = false;
};

using Check = DataFinding;

/// `action` answers with the detail; its Error is what is wrong.
template <class Action>
Check checked(const std::string& name, Action action)
{
    try {
        return {name, true, action()};
    } catch (const std::exception& error) {
        return {name, false, error.what()};
    }
}

std::string deviceList()
{
    std::vector<std::string> texts;
    for (const DeviceInfo& device : training().devices())
        texts.push_back(device.name + " (" + device.description + ")");
    return joined(texts);
}

/// The compiled step against LibTorch.
std::string trainingStep()
{
    constexpr double bound = 1e-4;
    const GoldenErrors errors = training().verifyItself();
    const double worst = std::max({errors.logits, errors.loss, errors.gradients, errors.state});
    if (!(worst <= bound))
        throw Error("The compiled training step differs from LibTorch by " + valueText(worst) +
                    " of the largest value. Train with `run --reference`, and report this machine's processor.");
    return "two steps agree with LibTorch within " + valueText(worst) + " of the largest value";
}

std::string diskSpace(const std::filesystem::path& folder)
{
    constexpr double gibibyte = 1024.0 * 1024 * 1024, enough = 1;
    const double free = static_cast<double>(std::filesystem::space(folder).available) / gibibyte;
    const std::string text = fixed(free, 1) + " GiB free in " + folder.string();
    if (free < enough)
        throw Error(text + "; weights and results may not fit. Make room, or move the study.");
    return text;
}

/// SQLite's write-ahead log needs shared memory, which network file systems do not give.
std::string fileSystem(const std::filesystem::path& folder)
{
    if (const auto name = sharedFileSystemAt(folder))
        throw Error(folder.string() + " is on a network or FUSE file system (" + *name +
                    "). Studies are kept without a write-ahead log there, and locks may not work; keep them on a local "
                    "disk.");
    return folder.string() + " is on a local file system";
}

std::vector<Check> checks(const std::string& study)
{
    const std::filesystem::path folder =
        study.empty() ? std::filesystem::current_path() : std::filesystem::absolute(study).parent_path();
    std::vector<Check> list{
        checked("devices", deviceList),
        checked("training library", [] { return training().versions(); }),
        checked("training step", trainingStep),
        checked("data set fashion-mnist", [] { return dataSetPath("fashion-mnist").string(); }),
        checked("disk space", [&] { return diskSpace(folder); }),
        checked("file system", [&] { return fileSystem(folder); }),
        checked("SQLite", [] { return sqliteVersion(); }),
    };
    if (!study.empty())
        list.push_back(checked("study " + study, [&] {
            checkIntegrity(study);
            return std::string("every page and row is sound");
        }));
    return list;
}

/// By its first bytes, or by its ending where it cannot be opened.
bool isStudy(const std::string& path)
{
    std::string start(15, '\0');
    std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
    return start == "SQLite format 3" || path.ends_with(".study");
}

std::vector<Check> dataChecks(const Options& options)
{
    try {
        return findings(options.validationImages > 0
                            ? loadDataSet(options.subject, 0, options.validationImages, options.splitSeed, readNotice())
                            : loadWholeDataSet(options.subject, options.splitSeed, readNotice()));
    } catch (const Error& error) {
        return {{"data set", false, error.what()}};
    }
}

void examine(const Options& options)
{
    const bool isData = !options.subject.empty() && !isStudy(options.subject);
    const std::vector<Check> list = isData ? dataChecks(options) : checks(options.subject);
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows{{"check", "ok", "detail"}};
    std::size_t bad = 0;
    for (const Check& check : list) {
        json.push_back({{"check", check.check}, {"ok", check.ok}, {"detail", check.detail}});
        rows.push_back({check.check, check.ok ? "yes" : "NO", check.detail});
        bad += check.ok ? 0 : 1;
    }
    options.json ? printJson(json) : printTable(rows);
    if (bad)
        throw Error(std::to_string(bad) + " of " + std::to_string(list.size()) + " checks found something wrong.");
}

} // namespace

void addDoctor(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("doctor", "Check devices, libraries, disk and a study file, or a data set");
    command->add_option("STUDY|DATA", options->subject,
                        "A study file to check too; or a data set, by name or path, to be looked over instead");
    command
        ->add_option("--validation-images", options->validationImages,
                     "Of a data set: images to validate with; by default a sixth, at most 10,000")
        ->check(aboveZero);
    command->add_option("--split-seed", options->splitSeed, "Of a data set: draws those images, as for `new`");
    addJsonFlag(*command, options->json);
    command->callback([options] { examine(*options); });
}

} // namespace spacewright
