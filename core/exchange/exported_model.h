// What every export of a network starts from, and the table of formats.
#pragma once
#include "core/design/sampler.h"
#include "core/network/folding.h"
#include "core/study/recipe.h"
#include <string>

namespace spacewright {

/// How an image becomes the network's input: (pixel / 255 - mean) / deviation, per channel.
struct Normalisation {
    std::vector<float> mean, deviation;
};

struct ExportedModel {
    std::string title; ///< "Model 12 of fashion.study, AnyNetX_A, error 9.8 %"
    Sample sample;
    Recipe recipe{};
    Normalisation input{};       ///< empty where the images are not there
    Weighted network{};          ///< its layers, folded or not; no arrays before it is trained
    bool folded = false;         ///< whether the batch norms are part of the convolutions
    std::vector<float> logits{}; ///< of `probeImage`, by the program itself; empty without arrays
};

/// One image of fixed numbers, by which two programs find out whether they compute the same: channels x size x size,
/// value i is ((37 i) mod 101) / 50 - 1.
std::vector<float> probeImage(const Network&);

/// A way out of the program. Adding one is one file pair, one row in the table and one test.
struct ModelFormat {
    const char* name;   ///< of `export --format`
    const char* ending; ///< of its files, without the dot
    const char* words;
    bool weights; ///< whether it holds them; if not, models that are not trained yet can be written too
    bool folds;   ///< whether batch norms can be folded into the convolutions
    std::string (*write)(const ExportedModel&); ///< the file's bytes; throws Error for a network it cannot express
};
const std::vector<ModelFormat>& modelFormats();
/// Throws Error that lists the names.
const ModelFormat& modelFormat(const std::string& name);

} // namespace spacewright
