// TorchScript (.pt): network and weights in one file, for LibTorch and torch.jit.load; for use, not for training on.
#pragma once
#include "core/exchange/exported_model.h"

namespace spacewright {

/// The module's arrays are attributes of one flat class, with underscores for the points of their names.
std::string toTorchScript(const ExportedModel&);

} // namespace spacewright
