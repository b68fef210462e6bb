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
    /// Throws Error for a space that `check` refuses.
    explicit Proposer(const Space&);

    /// Whether the tables leave nothing; then there must be no proposal.
    bool empty() const;
    /// One proposal. True: it fulfils every constraint, and `sample` holds it with its complexity; else `sample` is in
    /// no particular state.
    bool propose(Random&, Sample&) const;

    /// When none of so many proposals is accepted, the space counts as empty: a fraction of a second.
    static constexpr std::int64_t patience = 4'000'000;
    const Space& space() const { return m_space; }

private:
    Space m_space;
    std::variant<AnyNetProposer, RegNetProposer, ListProposer> m_family;
    RecipeDraw m_recipe;
    std::vector<Constraint> m_conditions; ///< what a proposal must still be held against, without complexity limits
    std::vector<Constraint> m_limits;     ///< complexity limits: held last, since they cost most
};

} // namespace spacewright
