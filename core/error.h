// The exception types: their text says what happened, what is safe and what to do next.
#pragma once
#include <stdexcept>
#include <string>

namespace spacewright {

struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The disk refuses for now: it is full, read-only, locked, or not there. The same step can succeed when that is over.
struct StorageError : Error {
    using Error::Error;
};

/// What a person is told of an exception; of want of memory, too, which has no words of its own.
std::string sentenceOf(const std::exception&);

/// Whether what the system reports of a file (an errno) may pass without the program's doing.
bool mayPass(int systemError);

} // namespace spacewright
