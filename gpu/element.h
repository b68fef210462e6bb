// One element of a cluster's job: takes shards of a bundle, trains them, and writes down what came out.
#pragma once
#include "core/cluster/attempt.h"
#include "gpu/engine.h"

namespace spacewright {

struct ElementOptions {
    std::filesystem::path bundle;
    ElementName name;
    std::filesystem::path scratch;               ///< on this machine: the study that it trains is in a folder there
    std::function<bool()> stop;                  ///< asked every tenth of a second: save, and leave
    std::function<void(const std::string&)> say; ///< a line for the log
};

/// `done`: nothing is left that this element could take. `stopped`: what it had is saved for others.
enum class ElementEnd { done, stopped, failed };
/// Throws Error where the bundle cannot be used. What goes wrong in training is in the attempt's journal too.
ElementEnd runElement(const ElementOptions&, Training&);

} // namespace spacewright
