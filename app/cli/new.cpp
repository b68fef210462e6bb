// new: makes a study file. refine: adds a narrowed child of one of its spaces. add: puts another space beside them.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/read_notice.h"
#include "app/cli/recipe_options.h"
#include "app/cli/space_options.h"
#include "core/data/image_set.h"
#include "core/design/fitted.h"
#include "core/error.h"
#include "core/study/default_study.h"
#include "core/study/drawn_space.h"
#include "core/study/file_system.h"
#include "core/study/refinement.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string study;
    bool isDefault = false;
    SpaceOptions space;
    std::int64_t models = 24;
    bool modelsGiven = false; ///< add only
    RecipeOptions recipe;
    std::string parent, name; ///< refine only
    bool json = false;
};

void report(const Options& options, const std::string& space, std::int64_t models, std::int64_t reused = 0)
{
    if (options.json)
        return printJson({{"study", options.study}, {"space", space}, {"models", models}, {"reused", reused}});
    const std::int64_t fresh = models - reused;
    std::cout << options.study << ": " << fresh << (fresh == 1 ? " model of " : " models of ") << space
              << (fresh == 1 ? " waits" : " wait") << " to be trained";
    if (reused > 0)
        std::cout << ", and " << reused << " that its parent has trained belong to it too";
    std::cout << ". Train them with `spacewright-cli run " << options.study << "`.\n";
}

void createDefault(const Options& options)
{
    dataSetPath(Recipe{}.data);
    const Study study = createDefaultStudy(options.study);
    std::vector<std::string> names;
    for (const StudySpace& space : study.spaces())
        names.push_back(space.space.name);
    report(options, joined(names), study.totals().total());
}

void create(const Options& options)
{
    const Recipe recipe = options.recipe.over({});
    StudySpace root;
    root.seed = recipe.seed;
    root.space = options.space.space();
    const DataSet data =
        loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed, readNotice());
    for (const std::string& note : data.notes)
        std::cerr << note << "\n";
    if (data.broken.count > 0)
        std::cerr << data.broken.count << " broken files were left out; `spacewright-cli doctor " << quoted(recipe.data)
                  << "` lists them.\n";
    const ImageSet& images = data.training;
    if (images.count < recipe.batch)
        throw CLI::ValidationError("--batch " + std::to_string(recipe.batch) + " is more than the " +
                                   std::to_string(images.count) + " training images.");
    for (const Network& network : root.space.networks)
        if (network.resolution != images.size) {
            std::cerr << "The images are " << images.size << "x" << images.size << ": networks of another resolution "
                      << "are built for that one, which changes their flops.\n";
            break;
        }
    root.space = fittedTo(root.space, images.channels, images.size, images.classes);
    createStudy(options.study, root, recipe, options.models);
    if (const auto notice = sharedDiskNotice(options.study))
        std::cerr << *notice << "\n";
    report(options, root.space.name, options.models);
}

StudySpace spaceNamed(const Study& study, const std::string& name)
{
    std::vector<std::string> names;
    for (const StudySpace& space : study.spaces()) {
        if (space.space.name == name)
            return space;
        names.push_back(space.space.name);
    }
    throw CLI::ValidationError("The study has no space \"" + name + "\"; it has: " + joined(names) + ".");
}

void checkNewName(const Study& study, const std::string& name)
{
    for (const StudySpace& space : study.spaces())
        if (space.space.name == name)
            throw CLI::ValidationError("The study has a space \"" + name +
                                       "\" already; give the new one another --name.");
}

void addBeside(const Options& options)
{
    Study study(options.study, Study::Access::readWrite);
    Space space = options.space.space();
    if (!options.name.empty())
        space.name = options.name;
    checkNewName(study, space.name);
    // A baseline is one network; so is a RegNet whose parameters have one value each.
    const auto listed = static_cast<std::int64_t>(space.networks.size());
    const std::int64_t all = dimensions(space) == 0 ? std::max<std::int64_t>(1, listed) : options.models;
    const SpaceId id = addBeside(study, space, options.modelsGiven ? options.models : all);
    report(options, space.name, study.counts()[id].total());
}

void refine(const Options& options)
{
    const std::vector<Constraint> added = options.space.constraints();
    if (added.empty())
        throw CLI::RequiredError("At least one of --constrain, --flops, --params and --acts");
    Study study(options.study, Study::Access::readWrite);
    const StudySpace parent = spaceNamed(study, options.parent);
    Refinement refinement{
        .parent = parent.id, .name = options.name, .added = added, .note = {}, .models = options.models};
    for (const Constraint& constraint : options.name.empty() ? added : std::vector<Constraint>{})
        refinement.name += (refinement.name.empty() ? options.parent + " + " : ", ") + toText(constraint);
    narrowed(parent.space, added); // what does not apply is a wrong argument
    checkNewName(study, refinement.name);
    const SpaceId child = refine(study, refinement);
    const Counts counts = study.counts()[child];
    report(options, refinement.name, counts.total(), counts.reused);
}

CLI::App* addCommand(CLI::App& app, const std::string& name, const std::string& description, Options& options)
{
    CLI::App* command = app.add_subcommand(name, description);
    command->add_option("STUDY", options.study, "The study file")->required();
    addConstraintOptions(*command, options.space);
    command->add_option("--models", options.models, "How many networks in all")
        ->check(aboveZero)
        ->capture_default_str();
    addJsonFlag(*command, options.json);
    return command;
}

} // namespace

void addNew(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        addCommand(app, "new", "Make a study: draw networks from a space, fitted to a data set", *options);
    addSpaceOption(*command, options->space);
    addRecipeOptions(*command, options->recipe);
    for (CLI::Option* option : command->get_options())
        if (option->get_group() == "Recipe" && option->get_items_expected_max() > 0)
            option->capture_default_str();
    CLI::Option* isDefault = command->add_flag("--default", options->isDefault,
                                               "The built-in study: AnyNetX_A and AnyNetX_D on Fashion-MNIST");
    for (CLI::Option* option : command->get_options())
        if (option != isDefault && option->get_name() != "STUDY" && option->get_name() != "--json" &&
            option != command->get_help_ptr())
            isDefault->excludes(option);
    command->callback([options] {
        if (options->isDefault)
            return createDefault(*options);
        if (options->space.nameOrFile.empty())
            throw CLI::RequiredError("--space or --default");
        create(*options);
    });
}

void addAdd(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        addCommand(app, "add", "Put another space into a study, such as a baseline: same data, same recipe", *options);
    addSpaceOption(*command, options->space)->required();
    command->add_option("--name", options->name, "A name for the space; by default its own");
    command->callback([options, command] {
        options->modelsGiven = command->count("--models") > 0;
        addBeside(*options);
    });
}

void addRefine(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(
        app, "refine",
        "Add a narrowed child of one of a study's spaces; it begins with those of its parent's trained models that "
        "fulfil the constraints",
        *options);
    command->add_option("--parent", options->parent, "The name of the space to narrow")->required();
    command->add_option("--name", options->name, "A name for the child; by default the parent's and the constraints");
    command->callback([options] { refine(*options); });
}

} // namespace spacewright
