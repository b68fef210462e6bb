// How the training of single models went, epoch by epoch.
#pragma once
#include "core/figures/figure.h"

namespace spacewright {

/// A model whose training is to be drawn.
struct ShownModel {
    std::string name;
    int space = 0; ///< its place among the spaces, which gives it its colour
    std::vector<Epoch> epochs;
};

/// A value after each epoch, where it is a number.
Series epochCurve(const std::vector<Epoch>&, double Epoch::*value);

/// Errors after each epoch, then the training loss. Of one model the error on validation and on training images; of
/// two, the validation errors, the second one's in the other ink. Empty without any epoch.
std::vector<Panel> trainingPanels(const std::vector<ShownModel>&);

} // namespace spacewright
