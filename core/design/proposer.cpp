// Proposes networks of a space.
#include "core/design/proposer.h"
#include <algorithm>

namespace spacewright {

namespace {

std::variant<AnyNetProposer, RegNetProposer, ListProposer> ofFamily(const Space& space)
{
    check(space);
    if (!space.networks.empty())
        return ListProposer(space);
    if (space.family == Space::Family::regNet)
        return RegNetProposer(space);
    return AnyNetProposer(space);
}

bool fulfilsAll(const Sample& sample, const std::vector<Constraint>& constraints)
{
    return std::all_of(constraints.begin(), constraints.end(), [&](const Constraint& c) { return fulfils(sample, c); });
}

} // namespace

Proposer::Proposer(const Space& space) : m_space(space), m_family(ofFamily(space)), m_recipe(space)
{
    for (const Constraint& c : space.constraints) {
        if (measureOf(c.parameter))
            m_limits.push_back(c);
        else if (!RecipeDraw::settles(c) &&
                 !std::visit([&](const auto& family) { return family.settles(c); }, m_family))
            m_conditions.push_back(c);
    }
}

bool Proposer::empty() const
{
    return std::visit([](const auto& family) { return family.empty(); }, m_family);
}

bool Proposer::propose(Random& random, Sample& sample) const
{
    if (!std::visit([&](const auto& family) { return family.propose(random, sample); }, m_family) ||
        !fulfilsAll(sample, m_conditions))
        return false;
    sample.complexity = complexity(sample.network);
    if (!fulfilsAll(sample, m_limits))
        return false;
    m_recipe.draw(random, sample); // independent of the network
    return true;
}

} // namespace spacewright
