// export: models leave the program, to be trained or used elsewhere.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "gpu/model_export.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string study;
    std::vector<std::int64_t> models;
    std::string format;
    bool fold = false;
    std::string output;
    bool json = false;
};

Json toJson(const ModelExport& written)
{
    Json j{{"file", written.path.string()}};
    if (!written.statement.empty())
        j["short_form"] = written.statement;
    if (written.difference)
        j["logits_difference"] = *written.difference;
    return j;
}

void exportModels(const Options& options)
{
    const ModelFormat& format = modelFormat(options.format);
    if (options.fold && !format.folds)
        throw CLI::ValidationError("--fold", "a " + options.format + " file has no batch norms to fold.");
    const Study study(options.study, Study::Access::readOnly);
    std::vector<ModelId> models;
    for (const std::int64_t id : options.models)
        models.push_back(ModelId{id});
    Json list = Json::array();
    std::vector<std::string> refused;
    for (const auto& attempt : ModelExporter(study).writeAll(models, format, options.fold, options.output)) {
        list.push_back(attempt.written ? toJson(*attempt.written)
                                       : Json{{"file", attempt.path.string()}, {"error", attempt.problem}});
        if (!attempt.written)
            refused.push_back(attempt.problem);
        else if (!options.json)
            std::cout << attempt.written->sentence() << '\n';
    }
    if (options.json)
        printJson(list);
    if (!refused.empty())
        throw Error(joined(refused, "\n"));
}

} // namespace

void addExport(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("export", "Write models as configurations, code or weights");
    std::vector<std::string> names, words{"Formats:"};
    for (const ModelFormat& format : modelFormats()) {
        names.push_back(format.name);
        words.push_back("  " + names.back() + ": " + format.words);
    }
    command->footer(joined(words, "\n"));
    command->add_option("STUDY", options->study, "The study file")->required();
    command->add_option("--model", options->models, "The models' numbers")->type_name("ID...")->required();
    command->add_option("--format", options->format, "One of those below")
        ->type_name("FORMAT")
        ->check(CLI::IsMember(names))
        ->required();
    command->add_flag("--fold", options->fold, "Fold the batch norms into the convolutions: for use, not for training");
    command->add_option("-o,--output", options->output, "The file to write; with several models, the folder")
        ->type_name("PATH")
        ->required();
    addJsonFlag(*command, options->json);
    command->callback([options] { exportModels(*options); });
}

} // namespace spacewright
