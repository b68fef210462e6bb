// Each space of a study against the one that it was narrowed from.
#pragma once
#include "core/statistics/overlap.h"
#include <array>
#include <map>
#include <stop_token>

namespace spacewright {

struct ParentVerdict {
    enum class Kind { tooFew, undecided, better, worse };
    Kind kind = Kind::tooFew;
    std::string sentence; ///< with the uncertainty, or what is missing
};
/// "too few to say", "not decided", "better", "worse".
std::string toText(ParentVerdict::Kind);

ParentVerdict verdictAgainst(const Population& child, const Population& parent);

/// Remembers what it has found, since a comparison takes long and most results change few of them.
class Lineage {
public:
    using Verdicts = std::map<SpaceId, ParentVerdict>;
    /// Of every space with a parent. A stop request leaves out what is not known yet.
    Verdicts of(const StudyView&, std::stop_token = {});

private:
    using Results = std::array<std::int64_t, 4>; ///< number and latest finish order of both spaces' models that count
    struct Known {
        Results results;
        ParentVerdict verdict;
    };
    std::filesystem::path m_study;
    std::map<SpaceId, Known> m_known;
};

} // namespace spacewright
