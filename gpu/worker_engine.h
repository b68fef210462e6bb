// The engine: puts workers on threads.
#pragma once
#include "gpu/crew.h"

namespace spacewright {

/// See Training::start.
std::unique_ptr<Engine> startWorkers(const EngineOptions&, const Equipment&, std::function<void(const Event&)> onEvent);

} // namespace spacewright
