// Whether processes still live that cannot be asked: by the beats that they write into the study, or say.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace spacewright {

/// What one observer has seen. It trusts no clock but its own steady one: those of two machines may differ, and be set.
class LeaseWatch {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds term{120};

    explicit LeaseWatch(Clock::duration ownTerm = term) : m_term(ownTerm) {}
    /// Between two looks no more than this counts: an observer that slept itself has not watched.
    Clock::duration longestLook() const { return m_term / 4; }
    /// Of these owners with their beats, those whose beats were seen standing still for the whole term.
    std::vector<std::string> expired(const std::map<std::string, std::int64_t>& beats, Clock::time_point now);

private:
    struct Sight {
        std::int64_t beats = 0;
        Clock::time_point last;
        Clock::duration still{};
    };
    Clock::duration m_term;
    std::map<std::string, Sight> m_seen;
};

} // namespace spacewright
