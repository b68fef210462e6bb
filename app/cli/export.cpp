// export: models and populations leave the program, to be trained, used or looked at elsewhere.
#include "app/cli/commands.h"
#include "app/cli/export_population.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "core/error.h"
#include "core/exchange/capsule.h"
#include "core/exchange/recipe_file.h"
#include "core/exchange/sweep_setup.h"
#include "core/whole_file.h"
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

/// What a study holds beside models: a way out for each.
struct PartFormat {
    const char* name;
    const char* words;
    void (*write)(const Options&);
};

/// Says that it was written, and what of it could not be said in the format.
void reportWritten(const Options& options, const std::vector<std::string>& leftOut)
{
    if (options.json)
        return printJson({{"file", options.output}, {"left_out", leftOut}});
    std::cout << options.output << " written.";
    if (!leftOut.empty())
        std::cout << " pycls has no words for " << joined(leftOut) << ", so that it draws from a wider space.";
    std::cout << '\n';
}

void exportSweepSetup(const Options& options)
{
    const Population population = populationFrom(options.study, "to write");
    const SweepSetup setup = toSweepSetup(population.space.space, population.recipe,
                                          std::max<std::int64_t>(1, population.counts.total()), population.space.seed);
    writeWhole(options.output, setup.yaml);
    reportWritten(options, setup.leftOut);
}

void exportRecipe(const Options& options)
{
    writeWhole(options.output, toYaml(Study(options.study, Study::Access::readOnly).recipe()));
    reportWritten(options, {});
}

void exportCapsule(const Options& options)
{
    const Study study(options.study, Study::Access::readOnly);
    const CapsuleOrigin origin{"Spacewright " SPACEWRIGHT_VERSION, study.path().filename().string(),
                               dataHashes(study.recipe())};
    writeCapsule(options.output, study.content(), origin);
    reportWritten(options, {});
}

constexpr PartFormat partFormats[]{
    {"pycls-sweep", "a space as pycls' sweep setup, from which the authors' tools draw", exportSweepSetup},
    {"capsule", "the whole study but weights as one archive, for import on another machine", exportCapsule},
    {"recipe", "how the study trains, as YAML for new --recipe", exportRecipe},
};

/// Whether the format is one of populations.
const PopulationFormat* populationFormatNamed(const std::string& name)
{
    for (const PopulationFormat& format : populationFormats())
        if (format.write != nullptr && format.name == name)
            return &format;
    return nullptr;
}

void exportAny(const Options& options)
{
    const PopulationFormat* ofPopulations = populationFormatNamed(options.format);
    const auto part = std::find_if(std::begin(partFormats), std::end(partFormats),
                                   [&](const PartFormat& format) { return format.name == options.format; });
    if (ofPopulations == nullptr && part == std::end(partFormats)) {
        if (options.models.empty())
            throw CLI::RequiredError("--model");
        return exportModels(options);
    }
    if (!options.models.empty() || options.fold)
        throw CLI::ValidationError("--format",
                                   options.format + " is no format of single models; leave --model and --fold away.");
    if (ofPopulations != nullptr)
        exportPopulation(options.study, *ofPopulations, options.output, options.json);
    else
        part->write(options);
}

} // namespace

void addExport(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "export", "Write models as configurations, code or weights, or a population with its results");
    std::vector<std::string> names, words{"Formats of models, with --model:"};
    const auto add = [&](const auto& format) {
        names.push_back(format.name);
        words.push_back("  " + names.back() + ": " + format.words);
    };
    for (const ModelFormat& format : modelFormats())
        add(format);
    words.push_back("Formats of populations:");
    for (const PopulationFormat& format : populationFormats())
        if (format.write != nullptr)
            add(format);
    words.push_back("Other parts of a study:");
    for (const PartFormat& format : partFormats)
        add(format);
    command->footer(joined(words, "\n"));
    command->add_option("STUDY", options->study, "The study file; for a population or a space also STUDY:SPACE")
        ->required();
    command->add_option("--model", options->models, "The models' numbers")->type_name("ID...");
    command->add_option("--format", options->format, "One of those below")
        ->type_name("FORMAT")
        ->check(CLI::IsMember(names))
        ->required();
    command->add_flag("--fold", options->fold, "Fold the batch norms into the convolutions: for use, not for training");
    command->add_option("-o,--output", options->output, "The file to write; with several models, the folder")
        ->type_name("PATH")
        ->required();
    addJsonFlag(*command, options->json);
    command->callback([options] { exportAny(*options); });
}

} // namespace spacewright
