// Proposes networks of a space: what tables can settle is drawn exactly, the rest is left to rejection.
#pragma once
#include "core/design/anynet_proposer.h"
#include "core/design/list_proposer.h"
#include "core/design/recipe_draw.h"
#include "core/design/regnet_proposer.h"
#include <variant>

namespace spacewright {

class Proposer {
public:
    /// Throws Error for a space that the tables already find empty, naming the constraint.
    explicit Proposer(const Space&);

    /// Fills `sample` (its network and drawn parameters, not the complexity). False: a proposal that makes no network.
    bool propose(Random&, Sample&) const;
    /// Holds a proposal against the conditions; fills in its complexity unless it fails before that is needed.
    bool accepts(Sample&) const;

    /// The constraints that a proposal must still be held against; complexity limits last, since they cost most.
    const std::vector<Constraint>& conditions() const { return m_conditions; }
    /// About as many proposals as take a second: when none of so many is accepted, the space counts as empty.
    static constexpr std::int64_t patience = 2'000'000;
    const Space& space() const { return m_space; }

private:
    Space m_space;
    std::variant<AnyNetProposer, RegNetProposer, ListProposer> m_family;
    RecipeDraw m_recipe;
    std::vector<Constraint> m_conditions;
};

} // namespace spacewright
