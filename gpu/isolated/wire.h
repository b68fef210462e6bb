// What a helper process and its supervisor say to each other: one JSON object a line. Both are the same program.
#pragma once
#include "gpu/engine.h"
#include <chrono>

namespace spacewright {

/// What a helper is to do from now on. Its processor's steady clock is the supervisor's.
struct Orders {
    bool paused = false, stopped = false;
    double share = 1;
    int otherWorkers = 0;
    std::optional<std::chrono::steady_clock::time_point> deadline{};
    bool operator==(const Orders&) const = default;
};

/// A helper's first words: the devices that its engine found, "cuda:0, cuda:1".
struct Ready {
    std::string devices;
};

/// What a helper says again and again, whatever it does: it lives.
struct Alive {};

std::string toLine(const EngineOptions&); ///< without the study, whose path may be no text
std::string toLine(const Orders&);
std::string toLine(const Ready&);
std::string toLine(const Alive&);
std::string toLine(const Event&);

// These throw an exception for a line that is none of them. Numbers that are not finite arrive as NaN.
EngineOptions optionsFrom(const std::string&);
Orders ordersFrom(const std::string&);
std::variant<Ready, Alive, Event> wordsFrom(const std::string&);

} // namespace spacewright
