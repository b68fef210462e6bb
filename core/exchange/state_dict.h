// A PyTorch state dict (.pth): names and tensors, readable with torch.load(..., weights_only=True).
#pragma once
#include "core/exchange/exported_model.h"
#include "core/exchange/zip.h"

namespace spacewright {

std::string toStateDict(const ExportedModel&);

/// Adds the entries "FOLDER/data/0", "FOLDER/data/1" ... with the arrays' values.
void addTensors(const std::string& folder, const std::vector<NamedArray>&, std::vector<ZipEntry>&);

} // namespace spacewright
