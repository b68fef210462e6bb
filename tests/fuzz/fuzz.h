// What each fuzzed reader has in common: bytes come in, and only an Error may come out.
#pragma once
#include "core/error.h"
#include <filesystem>
#include <string>

namespace spacewright::fuzz {

/// One reader on one input; each target defines it in a file of its own.
void readInput(const std::string& bytes);

/// A file of that name and with those bytes, in a folder that this process has for its inputs; overwritten by the next.
std::filesystem::path fileWith(const std::string& bytes, const std::string& name);

/// The bytes up to a line of three dashes, and those after it (none without such a line): two files as one input.
std::pair<std::string, std::string> twoParts(const std::string& bytes);

/// What is broken may be refused, with a sentence; any other exception ends the program.
template <class Read>
void readOrRefuse(Read read)
{
    try {
        read();
    } catch (const Error&) {
    }
}

/// Ends the program where something that a reader promises does not hold.
void require(bool holds, const char* promise);

} // namespace spacewright::fuzz
