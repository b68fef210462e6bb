// Gathers what a format needs, writes, reads again.
#include "gpu/model_export.h"
#include "core/data/image_set.h"
#include "core/error.h"
#include "core/exchange/library_code.h"
#include "core/exchange/safetensors.h"
#include "core/whole_file.h"
#include "gpu/engine.h"
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace spacewright {

namespace {

constexpr double differenceAtMost = 1e-4; // of the largest logit

/// The study's name, the model, its space and its error in words.
std::string titleOf(const Study& study, const Model& model)
{
    std::string title = "Model " + std::to_string(static_cast<std::int64_t>(model.id)) + " of " +
                        study.path().stem().string() + ", " + study.space(model.space).space.name;
    if (model.error && model.state == ModelState::finished) {
        char error[32];
        std::snprintf(error, sizeof error, ", error %.1f %%", *model.error);
        title += error;
    }
    return title;
}

/// Empty where the images are no longer there: the weights can leave all the same.
Normalisation normalisationOf(const Recipe& recipe)
{
    try {
        const DataSet data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed);
        return {data.mean, data.deviation};
    } catch (const Error&) {
        return {};
    }
}

std::vector<NamedArray> weightsOf(const Study& study, const Model& model)
{
    const std::filesystem::path path = study.checkpointPath(model.id);
    if (model.state != ModelState::finished || !std::filesystem::exists(path))
        return {};
    std::vector<NamedArray> arrays = loadCheckpoint(path, layers(model.sample.network)).arrays;
    std::erase_if(arrays, [](const NamedArray& array) { return array.name.starts_with("momentum."); });
    return arrays;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double difference = 0, largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference = std::max(difference, std::abs(double(a[i]) - b[i]));
        largest = std::max(largest, std::abs(double(a[i])));
    }
    return a.size() == b.size() && std::isfinite(difference) ? difference / std::max(largest, 1e-30) : HUGE_VAL;
}

/// Of what the file answers (or, where nothing here reads its format, of the network that was written into it).
double differenceOf(const ExportedModel& model, const std::filesystem::path& path)
{
    const std::vector<float> probe = probeImage(model.sample.network);
    const bool readable = path.extension() == ".pt" || path.extension() == ".pth" || path.extension() == ".safetensors";
    const std::vector<float> given =
        readable ? training().fileAnswers(path, model.network, probe) : training().answers(model.network, probe);
    return largestDifference(model.logits, given);
}

} // namespace

std::string ModelExport::sentence() const
{
    std::string text = path.string() + " written";
    if (difference) {
        char number[32];
        std::snprintf(number, sizeof number, "%.1e", *difference);
        text += "; its logits differ by " + std::string(number) + " of the largest from the study's weights";
    }
    if (!statement.empty())
        text += "; the library's own RegNet of (d, w_0, w_a, w_m): " + statement;
    return text + ".";
}

ModelExport ModelExporter::write(ModelId id, const ModelFormat& format, bool fold, const std::filesystem::path& path)
{
    const Study& study = m_study;
    if (!m_input)
        m_input = normalisationOf(study.recipe());
    const Model model = study.model(id);
    if (!networkIsKnown(model.sample))
        throw Error("Of model " + std::to_string(static_cast<std::int64_t>(id)) +
                    " only numbers are known: it was imported without a network, so that there is none to write.");
    ExportedModel exported{.title = titleOf(study, model),
                           .sample = model.sample,
                           .recipe = study.recipe(),
                           .input = *m_input,
                           .network = {layers(model.sample.network), weightsOf(study, model)},
                           .folded = fold,
                           .logits = {}};
    const bool trained = !exported.network.state.empty();
    if (format.weights && !trained)
        throw Error("Model " + std::to_string(static_cast<std::int64_t>(id)) + " has no weights: it is " +
                    toText(model.state) + ". Train it first, or choose a format without weights, such as pytorch.");
    if (trained && std::string(format.ending) != "json" && std::string(format.ending) != "yaml")
        exported.logits = training().answers(exported.network, probeImage(model.sample.network));
    if (fold && trained)
        exported.network = folded(exported.network);
    writeWhole(path, format.write(exported));

    ModelExport result{path, {}, {}};
    if (std::string(format.name) == "torchvision" || std::string(format.name) == "timm")
        result.statement =
            shortFormStatement(model.sample, std::string(format.name) == "timm" ? Library::timm : Library::torchvision);
    if (format.weights) {
        result.difference = differenceOf(exported, path);
        if (!(*result.difference < differenceAtMost)) {
            std::filesystem::remove(path);
            throw Error(path.string() +
                        " was written, but it computes other logits than the study's weights, so it was "
                        "removed again. Write another format, and please report the network.");
        }
    }
    return result;
}

std::vector<ModelExporter::Attempt> ModelExporter::writeAll(const std::vector<ModelId>& models,
                                                            const ModelFormat& format, bool fold,
                                                            const std::filesystem::path& path)
{
    const bool several = models.size() > 1;
    if (several) {
        std::error_code ignored; // shows as files that cannot be written
        std::filesystem::create_directories(path, ignored);
    }
    std::vector<Attempt> attempts;
    for (const ModelId model : models) {
        const std::string name = "model-" + std::to_string(static_cast<std::int64_t>(model)) + "." + format.ending;
        Attempt attempt{several ? path / name : path, {}, {}};
        try {
            attempt.written = write(model, format, fold, attempt.path);
        } catch (const Error& problem) {
            attempt.problem = problem.what();
        }
        attempts.push_back(std::move(attempt));
    }
    return attempts;
}

} // namespace spacewright
