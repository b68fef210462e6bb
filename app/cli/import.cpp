// import: populations that were trained elsewhere come into a study.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "core/exchange/capsule.h"
#include "core/exchange/study_population.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string file, study, name, format;
    bool untrained = false;
    bool json = false;
};

void report(const Options& options, const PopulationFile& file, const std::string& space)
{
    if (options.json) {
        Json refused = Json::array();
        for (const auto& [where, why] : file.refused)
            refused.push_back({{"where", where}, {"why", why}});
        return printJson({{"study", options.study},
                          {"space", space},
                          {"models", file.models.size()},
                          {"numbers_only", file.numbersOnly},
                          {"differing", file.differing},
                          {"refused", file.refusedCount},
                          {"refusals", refused}});
    }
    std::cout << options.study << ", " << space << ": " << joined(describe(file, options.file), "\n") << '\n';
}

/// A sentence when the images that the capsule was trained on are not those of this machine; empty when they are.
std::string differenceOfData(const Capsule& capsule)
{
    if (capsule.origin.data.empty())
        return {};
    const std::string& data = capsule.content.recipe.data;
    const auto here = dataHashes(capsule.content.recipe);
    if (here == capsule.origin.data)
        return {};
    return here.empty() ? "Its images (" + data + ") are not on this machine."
                        : "The images of " + data + " on this machine are not those that it was trained on.";
}

void importCapsule(const Options& options)
{
    if (!options.name.empty() || !options.format.empty())
        throw CLI::ValidationError("--name and --format", "are not for a capsule, which is a whole study.");
    Capsule capsule = readCapsule(options.file);
    const std::string difference = differenceOfData(capsule);
    if (options.untrained)
        capsule.content = untrained(std::move(capsule.content));
    const Study study = Study::create(options.study, capsule.content);
    const Counts counts = study.totals();
    if (options.json)
        return printJson({{"study", options.study},
                          {"spaces", capsule.content.spaces.size()},
                          {"models", counts.total()},
                          {"waiting", counts.waiting},
                          {"made_by", capsule.origin.program},
                          {"data_problem", difference}});
    std::cout << options.study << " is " << capsule.origin.study << " as it was written by " << capsule.origin.program
              << ": " << counts.total() << " models, " << counts.waiting << " of them wait to be trained. "
              << difference << '\n';
}

void importFile(const Options& options)
{
    if (looksLikeCapsule(options.file))
        return importCapsule(options);
    if (options.untrained)
        throw CLI::ValidationError("--untrained", "is for capsules.");
    const PopulationFormat& format =
        options.format.empty() ? populationFormatOf(options.file) : populationFormat(options.format);
    const PopulationFile file = readPopulation(options.file, format);
    if (file.models.empty())
        throw Error(options.file + " (read as " + format.name +
                    ") holds no model with a result. Nothing was changed. " +
                    joined(describe(file, options.file), "\n"));
    const bool isNew = !std::filesystem::exists(options.study);
    Study study =
        isNew ? Study::create(options.study, recipeFor(file)) : Study(options.study, Study::Access::readWrite);
    const SpaceId space = addImported(study, file, options.file, options.name);
    report(options, file, study.space(space).space.name);
}

} // namespace

void addImport(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "import", "Put a population that was trained elsewhere into a study, new or not, as a space of its own");
    std::vector<std::string> names, words{"Formats:"};
    for (const PopulationFormat& format : populationFormats()) {
        names.push_back(format.name);
        words.push_back("  " + names.back() + ": " + format.words);
    }
    command->footer(joined(words, "\n"));
    command->add_option("FILE", options->file, "The population, or a capsule (a whole study)")->required();
    command->add_option("STUDY", options->study, "The study; made when it does not exist")->required();
    command->add_option("--name", options->name, "A name for the space; by default the file's");
    command->add_option("--format", options->format, "One of those below; by default told by the content")
        ->type_name("FORMAT")
        ->check(CLI::IsMember(names));
    command->add_flag(
        "--untrained", options->untrained,
        "Of a capsule: without its results, to train all of it again (with --workers 1 to the same numbers)");
    addJsonFlag(*command, options->json);
    command->callback([options] { importFile(*options); });
}

} // namespace spacewright
