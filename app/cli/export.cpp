// export: a model's configuration, to build and train it elsewhere.
#include "app/cli/commands.h"
#include "app/gui/charts/figure.h"
#include "core/exchange/network_json.h"
#include "core/exchange/pycls_yaml.h"
#include "core/study/study.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string study;
    std::int64_t model = 0;
    std::string format;
    std::string output;
};

void exportModel(const Options& options)
{
    const Study study(options.study, Study::Access::readOnly);
    const Sample sample = study.model(ModelId(options.model)).sample;
    writeWhole(options.output, options.format == "pycls" ? toPyclsYaml(sample, study.recipe()) : toJson(sample) + "\n");
    std::cout << options.output << " written.\n";
}

} // namespace

void addExport(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("export", "Write a model's configuration");
    command->add_option("STUDY", options->study, "The study file")->required();
    command->add_option("--model", options->model, "The model's number")->type_name("ID")->required();
    command->add_option("--format", options->format, "This program's JSON, or a pycls job file")
        ->check(CLI::IsMember({"json", "pycls"}))
        ->required();
    command->add_option("-o,--output", options->output, "The file to write")->type_name("PATH")->required();
    command->callback([options] { exportModel(*options); });
}

} // namespace spacewright
