// retrain: the same networks under another recipe, in a study of their own.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "app/cli/recipe_options.h"
#include "core/data/image_set.h"
#include "core/design/fitted.h"
#include "core/error.h"
#include "core/statistics/selection.h"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <set>

namespace spacewright {
namespace {

struct Options {
    std::string study, output;
    std::vector<std::string> spaces;                   ///< all when empty
    std::int64_t models = 0;                           ///< of each space
    bool best = false, random = false, spread = false; ///< spread when none is set
    RecipeOptions recipe;
    bool json = false;

    Choice choice() const { return best ? Choice::best : random ? Choice::random : Choice::spread; }
    std::string how() const { return best ? "best" : random ? "chosen at random" : "spread over the ranks"; }
};

/// A space and those of its models that are to be trained again.
struct Chosen {
    StudySpace space;
    std::vector<Model> models;
};

std::vector<Chosen> chosen(const Options& options)
{
    std::vector<Population> populations;
    if (options.spaces.empty())
        populations = populationsFrom(options.study);
    for (const std::string& name : options.spaces)
        populations.push_back(populationsFrom(options.study + ":" + name).front());
    std::vector<Chosen> result;
    for (const Population& population : populations) {
        result.push_back({population.space, selected(population, options.models, options.choice())});
        Chosen& last = result.back();
        last.space.importedFrom.clear(); // from now on they are trained here
        for (const Model& model : last.models)
            if (!networkIsKnown(model.sample))
                throw Error("Of model " + std::to_string(static_cast<std::int64_t>(model.id)) +
                            " only numbers are known: it was imported without a network, so that none can be trained.");
        last.space.note = "The " + std::to_string(options.models) + " networks of " + options.study + " that are " +
                          options.how() + ", trained again.";
    }
    return result;
}

/// A space that holds exactly these networks, fitted to the images: its population is a choice, not a sample that could
/// be drawn on from.
void fit(Chosen& chosen, const ImageSet& images)
{
    Space& space = chosen.space.space;
    space.networks.clear();
    for (const Model& model : chosen.models)
        space.networks.push_back(model.sample.network);
    space = fittedTo(space, images.channels, images.size, images.classes);
    for (std::size_t i = 0; i < chosen.models.size(); ++i) {
        chosen.models[i].sample.network = space.networks[i];
        chosen.models[i].sample.complexity = complexity(space.networks[i]);
    }
}

/// Reused models come from other spaces, where they may have an index that is taken here. Returns the next free one.
std::int64_t makeIndicesDistinct(std::vector<Sample>& samples)
{
    std::int64_t next = 0;
    for (const Sample& sample : samples)
        next = std::max(next, sample.index + 1);
    std::set<std::int64_t> taken;
    for (Sample& sample : samples)
        if (!taken.insert(sample.index).second)
            sample.index = next++;
    return next;
}

/// Copies spaces into a new study; a network that several of them have is trained once.
class Copy {
public:
    explicit Copy(Study& study) : m_study(study) {}

    void add(const Chosen& chosen)
    {
        StudySpace space = chosen.space;
        const auto parent = m_spaces.find(space.parent.value_or(space.id));
        space.parent = parent == m_spaces.end() ? std::nullopt : std::optional(parent->second);
        std::vector<ModelId> reused, added;
        std::vector<Sample> samples;
        for (const Model& model : chosen.models)
            if (const auto copied = m_models.find(model.id); copied != m_models.end()) {
                reused.push_back(copied->second);
            } else {
                added.push_back(model.id);
                samples.push_back(model.sample);
            }
        space.nextIndex = makeIndicesDistinct(samples);
        const SpaceId id = m_study.addSpace(space, samples, reused);
        m_spaces[chosen.space.id] = id;
        auto old = added.begin();
        for (const Model& model : m_study.models()) // in the order in which they were added
            if (model.space == id)
                m_models[*old++] = model.id;
    }

private:
    Study& m_study;
    std::map<SpaceId, SpaceId> m_spaces; ///< of the old study to those of the new one
    std::map<ModelId, ModelId> m_models;
};

void retrain(const Options& options)
{
    std::vector<Chosen> all = chosen(options);
    const Recipe recipe = options.recipe.over(Study(options.study, Study::Access::readOnly).recipe());
    const DataSet data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed);
    for (Chosen& one : all)
        fit(one, data.training);
    Study study = Study::create(options.output, recipe);
    Copy copy(study);
    for (const Chosen& one : all)
        copy.add(one);
    if (options.json) {
        Json spaces = Json::array();
        for (const Chosen& one : all)
            spaces.push_back({{"name", one.space.space.name}, {"models", one.models.size()}});
        return printJson({{"study", options.output}, {"models", study.totals().total()}, {"spaces", spaces}});
    }
    std::cout << options.output << ": " << study.totals().total()
              << " networks wait to be trained again. Train them with "
              << "`spacewright-cli run " << quoted(options.output) << "`, then see `spacewright-cli agreement "
              << quoted(options.study) << " " << quoted(options.output) << "`.\n";
}

} // namespace

void addRetrain(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "retrain", "Make a study of some networks of another one, to be trained by another recipe; what is not given "
                   "stays as it was there");
    command->add_option("STUDY", options->study, "The study to choose from")->required();
    command->add_option("--space", options->spaces, "Of this space; may be given several times. By default of each")
        ->allow_extra_args(false);
    command->add_option("--models", options->models, "How many networks of each space")->check(aboveZero)->required();
    CLI::Option* spread =
        command->add_flag("--spread", options->spread, "Evenly over the ranks by error (the default)");
    CLI::Option* best = command->add_flag("--best", options->best, "Those of the lowest errors")->excludes(spread);
    command->add_flag("--random", options->random, "At random")->excludes(spread)->excludes(best);
    command->add_option("-o,--output", options->output, "The study to make")->type_name("NEW.study")->required();
    addRecipeOptions(*command, options->recipe);
    addJsonFlag(*command, options->json);
    command->callback([options] { retrain(*options); });
}

} // namespace spacewright
