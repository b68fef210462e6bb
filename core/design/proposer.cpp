// Proposes networks of a space.
#include "core/design/proposer.h"
#include <algorithm>
#include <functional>

namespace spacewright {

namespace {

bool isComplexityLimit(const Constraint& c)
{
    return c.parameter == "flops" || c.parameter == "params" || c.parameter == "acts";
}

std::variant<AnyNetProposer, RegNetProposer, ListProposer> ofFamily(const Space& space)
{
    check(space);
    if (!space.networks.empty())
        return ListProposer(space);
    if (space.family == Space::Family::regNet)
        return RegNetProposer(space);
    return AnyNetProposer(space);
}

} // namespace

Proposer::Proposer(const Space& space) : m_space(space), m_family(ofFamily(space)), m_recipe(space)
{
    for (const Constraint& c : space.constraints) {
        const bool settled =
            RecipeDraw::settles(c) || std::visit([&](const auto& family) { return family.settles(c); }, m_family);
        if (!settled)
            m_conditions.push_back(c);
    }
    std::stable_partition(m_conditions.begin(), m_conditions.end(), std::not_fn(isComplexityLimit));
}

bool Proposer::propose(Random& random, Sample& sample) const
{
    m_recipe.draw(random, sample);
    if (const auto* anyNet = std::get_if<AnyNetProposer>(&m_family)) {
        anyNet->propose(random, sample);
        return true;
    }
    if (const auto* list = std::get_if<ListProposer>(&m_family)) {
        list->propose(random, sample);
        return true;
    }
    return std::get<RegNetProposer>(m_family).propose(random, sample);
}

bool Proposer::accepts(Sample& sample) const
{
    bool counted = false;
    for (const Constraint& c : m_conditions) {
        if (!counted && isComplexityLimit(c)) {
            sample.complexity = complexity(sample.network);
            counted = true;
        }
        if (!fulfils(sample, c))
            return false;
    }
    if (!counted)
        sample.complexity = complexity(sample.network);
    return true;
}

} // namespace spacewright
