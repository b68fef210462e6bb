// A network in the model libraries of the field: torchvision's and timm's RegNet, with explicit depths, widths, groups.
#pragma once
#include "core/exchange/exported_model.h"

namespace spacewright {

/// Throws Error for a network that the library's blocks cannot express.
std::string toTorchvisionCode(const ExportedModel&);
std::string toTimmCode(const ExportedModel&);
/// A small C++ program that runs the TorchScript file.
std::string toLibTorchCode(const ExportedModel&);

enum class Library { torchvision, timm };

/// The stages that a library's own RegNet makes of (d, w_0, w_a, w_m, b, g). It computes block widths in single
/// precision, and torchvision rounds inner widths half up and never below 0.9 of what they were
/// (torchvision 0.29 regnet.py and _utils.py, timm 1.0 regnet.py), where pycls rounds half to even.
std::vector<Stage> regNetStages(const RegNetParameters&, Library);

/// Whether that is this network: "exact", or "differs: stage 3 is 392 here and 400 there". Empty for a network that
/// did not come from RegNet parameters.
std::string shortFormStatement(const Sample&, Library);

} // namespace spacewright
