// Puts a population from a file into a study, and takes one out of it.
#include "core/exchange/study_population.h"
#include "core/error.h"
#include "core/study/drawn_space.h"
#include <algorithm>

namespace spacewright {
namespace {

std::string counted(std::int64_t n, const std::string& one, const std::string& several)
{
    return std::to_string(n) + " " + (n == 1 ? one : several);
}

std::vector<std::string> refusals(const PopulationFile& file)
{
    std::vector<std::string> lines;
    for (const auto& [where, why] : file.refused)
        lines.push_back("  " + where + ": " + why);
    if (const auto more = file.refusedCount - std::ssize(file.refused); more > 0)
        lines.push_back("  and " + std::to_string(more) + " more");
    return lines;
}

} // namespace

SpaceId addImported(Study& study, const PopulationFile& file, const std::filesystem::path& path,
                    const std::string& name)
{
    const std::vector<StudySpace> others = study.spaces();
    StudySpace space;
    space.space = spaceHolding(file.models, name.empty() ? path.stem().string() : name);
    checkFree(others, space.space.name);
    space.seed = freshSeed(others);
    space.importedFrom = path.filename().string();
    space.note = describe(file, path).front();
    return study.importSpace(space, file.models);
}

Recipe recipeFor(const PopulationFile& file)
{
    Recipe recipe;
    for (const TrainedModel& model : file.models)
        recipe.epochs = std::max(recipe.epochs, static_cast<int>(model.epochs.size()));
    return recipe;
}

WrittenPopulation trainedModels(const Study& study, SpaceId id)
{
    WrittenPopulation population{study.space(id).space.name, study.recipe(), {}};
    const std::vector<ModelId> reused = study.reused()[id];
    for (Model& model : study.models()) {
        const bool belongs = model.space == id || std::binary_search(reused.begin(), reused.end(), model.id);
        if (belongs && model.finishOrder > 0) {
            std::vector<Epoch> epochs = study.epochs(model.id);
            population.models.push_back({std::move(model), std::move(epochs)});
        }
    }
    return population;
}

std::vector<std::string> describe(const PopulationFile& file, const std::filesystem::path& path)
{
    const auto models = std::ssize(file.models);
    std::string first = counted(models, "model", "models") + " imported from " + path.filename().string();
    if (file.refusedCount > 0)
        first +=
            "; " + counted(file.refusedCount, "row that is no model was", "rows that are no models were") + " left out";
    std::vector<std::string> lines{first + "."};
    if (file.numbersOnly > 0)
        lines.push_back("Of " + std::to_string(file.numbersOnly) +
                        " only numbers are known, no network: they are in EDFs and charts, but cannot be exported as "
                        "networks or trained again.");
    if (file.differing > 0)
        lines.push_back(counted(file.differing, "network has", "networks have") +
                        " other numbers in the file than counted here, which stand: " + file.firstDiffering + ".");
    const std::vector<std::string> left = refusals(file);
    if (!left.empty())
        lines.push_back("Left out:");
    lines.insert(lines.end(), left.begin(), left.end());
    return lines;
}

} // namespace spacewright
