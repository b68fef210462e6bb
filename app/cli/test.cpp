// test: chosen models on images that no decision saw.
#include "app/cli/commands.h"
#include "app/cli/populations.h"
#include "app/cli/test_table.h"
#include "core/data/image_set.h"
#include "core/error.h"
#include "core/statistics/selection.h"
#include "gpu/engine.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::string study, space, data, device = "auto";
    std::int64_t best = 0;
    std::vector<std::int64_t> models;
    bool json = false;
};

/// The models to test, with an error each, and the spaces they were looked for in.
std::vector<TestedModel> chosen(const Options& options)
{
    std::vector<Population> populations =
        populationsFrom(options.space.empty() ? options.study : options.study + ":" + options.space);
    std::vector<TestedModel> result;
    if (options.models.empty()) {
        // Diverged models keep no weights, so only finished ones can be chosen.
        Population all;
        std::map<ModelId, std::string> names;
        for (Population& population : populations)
            for (const Model& model : std::as_const(population.models))
                if (model.state == ModelState::finished && names.emplace(model.id, population.space.space.name).second)
                    all.counted.push_back(model);
        all.space.space.name = options.space.empty() ? options.study : options.space;
        for (const Model& model : selected(all, options.best, Choice::best))
            result.push_back({model, names[model.id], {}});
        return result;
    }
    const Study study(options.study, Study::Access::readOnly);
    for (const std::int64_t id : options.models) {
        const Model model = study.model(ModelId{id});
        if (model.state != ModelState::finished)
            throw Error("Model " + std::to_string(id) + " is " + toText(model.state) +
                        ", so it has no trained weights to test. Choose a finished one.");
        result.push_back({model, study.space(model.space).space.name, {}});
    }
    return result;
}

void test(const Options& options)
{
    Study study(options.study, Study::Access::readWrite);
    std::vector<TestedModel> models = chosen(options);
    const Recipe& recipe = study.recipe();
    const DataSet data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed);
    const bool isOther = !options.data.empty() && options.data != recipe.data;
    const ImageSet images = isOther ? loadTestImages(options.data, recipe.splitSeed) : data.test;
    for (std::size_t i = 0; i < models.size(); ++i) {
        TestedModel& tested = models[i];
        std::cerr << "Testing model " << static_cast<std::int64_t>(tested.model.id) << " (" << i + 1 << " of "
                  << models.size() << ") on " << images.count << " images.\n";
        tested.result = {tested.model.id, isOther ? options.data : recipe.data,
                         training().countWrong({tested.model.sample.network, study.checkpointPath(tested.model.id),
                                                data, images, options.device}),
                         images.count};
        study.recordTest(tested.result); // each at once: what was done stays when the next one fails
    }
    options.json ? printJson(jsonOf(models)) : printTable(rowsOf(models));
}

} // namespace

void addTest(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "test", "Evaluate chosen models on test images, which neither training nor any decision saw. Choosing among "
                "them by this error would make it as hopeful as the validation error is");
    command->add_option("STUDY", options->study, "The study file")->required();
    CLI::Option* space = command->add_option("--space", options->space, "Choose from this space only");
    CLI::Option* best = command->add_option("--best", options->best, "The models of the lowest validation errors")
                            ->type_name("K")
                            ->check(aboveZero);
    command->add_option("--model", options->models, "These models; may be given several times")
        ->type_name("ID")
        ->allow_extra_args(false)
        ->excludes(best)
        ->excludes(space);
    command
        ->add_option("--data", options->data,
                     "Whose test images: a data set's name or files; by default the study's own")
        ->type_name("NAME|PATH");
    addDeviceOption(*command, options->device);
    addJsonFlag(*command, options->json);
    command->callback([options] {
        if (options->best == 0 && options->models.empty())
            throw CLI::RequiredError("--best or --model");
        test(*options);
    });
}

} // namespace spacewright
