// verify: holds the training engine against golden files.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "gpu/engine.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> files;
    std::string device = "cpu";
    bool json = false;
};

void verify(const Options& options)
{
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows{{"file", "logits", "loss", "gradients", "two steps"}};
    std::size_t unreadable = 0;
    for (const std::string& file : options.files)
        try {
            const GoldenErrors errors = training().verify(file, options.device);
            list.push_back({{"file", file},
                            {"logits_error", errors.logits},
                            {"loss_error", errors.loss},
                            {"gradient_error", errors.gradients},
                            {"step_error", errors.state}});
            rows.push_back({file, valueText(errors.logits), valueText(errors.loss), valueText(errors.gradients),
                            valueText(errors.state)});
        } catch (const Error& error) {
            ++unreadable;
            list.push_back({{"file", file}, {"error", error.what()}});
            rows.push_back({file, "-", "-", "-", "-"});
            std::cerr << file << ": " << error.what() << '\n';
        }
    options.json ? printJson(list) : printTable(rows);
    if (unreadable)
        throw Error(std::to_string(unreadable) + " of " + std::to_string(options.files.size()) +
                    " files could not be verified; the lines above say why.");
}

} // namespace

void addVerify(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("verify", "Hold the training engine against golden files: the largest "
                                                     "errors, relative to each tensor's largest entry");
    command->add_option("FILE", options->files, "Golden files: a network, weights, images and what comes out")
        ->required();
    addDeviceOption(*command, options->device);
    addJsonFlag(*command, options->json);
    command->callback([options] { verify(*options); });
}

} // namespace spacewright
