// The exception types: their text says what happened, what is safe and what to do next.
#pragma once
#include <stdexcept>

namespace spacewright {

struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The disk refuses for now: it is full, read-only, locked, or not there. The same step can succeed when that is over.
struct StorageError : Error {
    using Error::Error;
};

/// Whether what the system reports of a file (an errno) may pass without the program's doing.
bool mayPass(int systemError);

} // namespace spacewright
