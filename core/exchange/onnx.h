// ONNX (opset 17): network and weights in the exchange format of most inference runtimes.
#pragma once
#include "core/exchange/exported_model.h"

namespace spacewright {

/// Input "images" (batch x channels x size x size, any batch), output "logits" (batch x classes). Throws Error for more
/// than 2 GB of weights, which one ONNX file cannot hold.
std::string toOnnx(const ExportedModel&);

} // namespace spacewright
