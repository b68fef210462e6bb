// A network as one readable Python file of plain torch.nn, with the names of its arrays, a loader and a self-check.
#pragma once
#include "core/exchange/exported_model.h"

namespace spacewright {

std::string toPyTorchCode(const ExportedModel&);

/// What every Python file begins with: the docstring (with `remarks`, whole lines), the modules, the shape of the
/// input, its normalisation and the known answers.
std::string pythonHeader(const ExportedModel&, const std::string& imports, const std::string& remarks);
/// `load(path)` for safetensors and .pth files into `Network()`, the self-check, and what runs it. `rules` are lines
/// of pairs, pattern and replacement, that make the network's array names of this program's; none where they are the
/// same.
std::string pythonFooter(const std::string& rules);
/// "[1, 2.5]": whole numbers without a point.
std::string pythonList(const std::vector<double>&);

} // namespace spacewright
