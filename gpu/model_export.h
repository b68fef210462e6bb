// A model of a study leaves the program, and what was written is read again and held against the study's weights.
#pragma once
#include "core/exchange/exported_model.h"
#include "core/study/study.h"

namespace spacewright {

struct ModelExport {
    std::filesystem::path path;
    std::string statement;            ///< what the library makes of the RegNet parameters; empty for other formats
    std::optional<double> difference; ///< of the logits that the file gives, relative to the largest; where checked

    /// "PATH written; ...": both in words.
    std::string sentence() const;
};

class ModelExporter {
public:
    /// The study must outlive it.
    explicit ModelExporter(const Study& study) : m_study(study) {}
    /// Returns when the file is written and checked (opens the training library where there are weights). Throws Error
    /// for a model without weights where the format needs them, a network that the format cannot express, a disk that
    /// refuses, and for a file that does not compute what the study's weights do, which is then removed.
    ModelExport write(ModelId, const ModelFormat&, bool folded, const std::filesystem::path&);

    struct Attempt {
        std::filesystem::path path;
        std::optional<ModelExport> written;
        std::string problem; ///< why it was not
    };
    /// One model into the file of that name, several into a folder of that name as "model-ID.ENDING". A model that
    /// cannot be written does not keep the others here.
    std::vector<Attempt> writeAll(const std::vector<ModelId>&, const ModelFormat&, bool folded,
                                  const std::filesystem::path&);

private:
    const Study& m_study;
    std::optional<Normalisation> m_input; ///< read once, with the whole data set
};

} // namespace spacewright
