// Gathers images and weights, and asks the training side.
#include "gpu/validation_answers.h"
#include "core/error.h"
#include "gpu/engine.h"

namespace spacewright {

namespace {

bool isOfSameImages(const Recipe& a, const Recipe& b)
{
    return a.data == b.data && a.trainingImages == b.trainingImages && a.validationImages == b.validationImages;
}

std::string number(ModelId id)
{
    return std::to_string(static_cast<std::int64_t>(id));
}

} // namespace

void Examiner::load(const Recipe& recipe)
{
    if (m_recipe && isOfSameImages(*m_recipe, recipe))
        return;
    m_data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed);
    m_images = std::make_shared<const ImageSet>(std::move(m_data.validation));
    m_data.training = m_data.validation = m_data.test = {}; // most of the memory
    m_recipe = recipe;
}

ValidationAnswers Examiner::examine(const Study& study, ModelId id, std::stop_token stop)
{
    const Model model = study.model(id);
    if (model.state != ModelState::finished)
        throw Error("Model " + number(id) + " is " + toText(model.state) +
                    ", so it has no trained weights to answer with.");
    const std::filesystem::path weights = study.checkpointPath(id);
    if (!std::filesystem::exists(weights))
        throw Error("The weights of model " + number(id) + " are not there any more (" + weights.string() +
                    "). Its error stays; train a copy of it to have weights again.");
    load(study.recipe());
    ValidationAnswers result{id, m_images, {}, {}, {}};
    for (int label = 0; label < model.sample.network.classes; ++label)
        result.classes.push_back(className(m_data, label));
    result.answers = training().classify({.network = model.sample.network,
                                          .weights = weights,
                                          .trainedOn = m_data,
                                          .images = *m_images,
                                          .device = "cpu",
                                          .stop = stop});
    result.confusion = Confusion(result.answers, model.sample.network.classes);
    return result;
}

} // namespace spacewright
