// The one exception type: its text says what happened, what is safe and what to do next.
#pragma once
#include <stdexcept>

namespace spacewright {

struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

} // namespace spacewright
