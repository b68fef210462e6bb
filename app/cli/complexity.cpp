// complexity: counts flops, parameters and activations of networks in files.
#include "app/cli/commands.h"
#include "app/cli/network_file.h"
#include "app/cli/output.h"
#include "core/error.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> files;
    bool json = false;
};

void printComplexity(const Options& options)
{
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows{{"file", "flops", "params", "activations"}};
    std::size_t unreadable = 0;
    for (const std::string& file : options.files)
        try {
            const Complexity count = complexity(networkIn(file).network);
            list.push_back(
                {{"file", file}, {"flops", count.flops}, {"params", count.params}, {"acts", count.activations}});
            rows.push_back(
                {file, std::to_string(count.flops), std::to_string(count.params), std::to_string(count.activations)});
        } catch (const Error& error) {
            ++unreadable;
            list.push_back({{"file", file}, {"error", error.what()}});
            rows.push_back({file, "-", "-", "-"});
            std::cerr << file << ": " << error.what() << '\n';
        }
    options.json ? printJson(list) : printTable(rows);
    if (unreadable)
        throw Error(std::to_string(unreadable) + " of " + std::to_string(options.files.size()) +
                    " files could not be read as a network.");
}

} // namespace

void addComplexity(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "complexity", "Count flops, parameters and activations of networks: pycls YAML or this program's JSON");
    command->add_option("FILE", options->files, "The files")->required();
    addJsonFlag(*command, options->json);
    command->callback([options] { printComplexity(*options); });
}

} // namespace spacewright
