// What a trained model of a study answers to the validation images.
#pragma once
#include "core/data/image_set.h"
#include "core/statistics/confusion.h"
#include "core/study/study.h"

namespace spacewright {

struct ValidationAnswers {
    ModelId model{};
    std::shared_ptr<const ImageSet> images;
    std::vector<std::string> classes; ///< their names
    std::vector<Answer> answers;      ///< one for each image
    Confusion confusion;
};

/// Keeps the images from one question to the next.
class Examiner {
public:
    /// Returns when the network has answered (opens the training library), on the CPU. Throws Error for a model
    /// without weights, and where images or weights are no longer there. A stop request leaves the last answers out.
    ValidationAnswers examine(const Study&, ModelId, std::stop_token = {});

private:
    void load(const Recipe&);

    std::optional<Recipe> m_recipe; ///< whose images these are
    DataSet m_data;                 ///< without its images
    std::shared_ptr<const ImageSet> m_images;
};

} // namespace spacewright
