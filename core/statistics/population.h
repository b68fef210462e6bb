// A population ready to be looked at: the models of one space with their errors, EDF and best bands.
#pragma once
#include "core/schedule/open_work.h"
#include "core/statistics/bootstrap.h"
#include "core/statistics/edf.h"
#include "core/study/model_list.h"
#include <memory>

namespace spacewright {

/// How diverged models count: at chance level, or not at all. Failed ones have no error and never count.
enum class DivergedModels { atChance, leftOut };

struct Population {
    std::string study;          ///< the study file's name without its ending
    std::filesystem::path file; ///< of the study; empty where the errors come from elsewhere
    Recipe recipe;
    StudySpace space;
    std::vector<SpaceId> ancestors; ///< its parent, that one's parent and so on
    ModelList models;               ///< all of the space, reused ones too, in order of id
    ModelList counted;              ///< those with an error that counts, in order of id
    std::optional<Edf> edf;         ///< none while nothing counts
    std::vector<double> atLeast;    ///< increasing: of models that were stopped early, what their error is at least
    Counts counts;
};

/// F(e) lies between the share of models known to have an error below e and the share of those that may have; both
/// among all, the stopped ones too.
struct EdfBounds {
    double low = 0, high = 0;
};
EdfBounds edfBounds(const Population&, double error);
/// What stopped models mean for a comparison, in a sentence that begins with a space; empty without any.
std::string stoppedText(const Population&);

/// Whether the model was trained for another space, which has it first.
inline bool isReused(const Population& population, const Model& model)
{
    return model.space != population.space.id;
}

/// Everything that the window, the plots and the terminal show of a study: made once, never changed.
struct StudyView {
    std::filesystem::path path;
    Recipe recipe;
    std::vector<Population> populations; ///< in order of creation
    OpenWork open;
};

/// Adds the populations of another study; ids of spaces would clash, so those of `more` are numbered on.
void join(std::vector<Population>& all, std::vector<Population> more);

std::shared_ptr<const StudyView> view(const Study&, DivergedModels = DivergedModels::atChance);

/// The views of one study, moment after moment: reads what is new and shares all models that have not changed with the
/// view before.
class StudyFollower {
public:
    /// Of the same study each time.
    std::shared_ptr<const StudyView> view(const Study&, DivergedModels);

private:
    void readAll(const Study&);
    bool readNew(const Study&);
    void put(Model);
    std::vector<ModelList::Pointer> m_models; ///< in order of id
    std::vector<ModelId> m_running;           ///< at the last look
    std::int64_t m_finishOrder = 0;           ///< of the latest result
};

/// parameterValue of its network, or "seconds" (training time) or "images_per_second"; none for what it does not have.
std::optional<double> valueOf(const Model&, const std::string& name);

/// One parameter against error: points in the order of `counted` (those without the value left out) and the band.
struct Scatter {
    std::vector<double> values;
    std::vector<double> errors;
    std::vector<ModelId> ids;
    std::optional<BestBand> band; ///< closed form; none below 4 points
};
Scatter scatter(const Population&, const std::string& parameter);

} // namespace spacewright
