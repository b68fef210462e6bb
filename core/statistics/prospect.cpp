// What narrowing a space would give, before it is done.
#include "core/statistics/prospect.h"
#include "core/error.h"
#include "core/study/refinement.h"
#include <algorithm>

namespace spacewright {

namespace {

constexpr std::uint64_t seed = 1; ///< the same for every look: what changes in a histogram is then the space
constexpr std::size_t examples = 12;

Preview previewOf(const Space& space, Prospector::Effort effort, const std::stop_token& stop)
{
    return preview(space, seed, effort.proposals, static_cast<int>(effort.networks), stop, effort.networks);
}

void countReusable(Prospect& result, const Population& population, const std::vector<Constraint>& added)
{
    std::vector<double> errors;
    result.reusable = 0;
    result.reusableEdf.reset();
    for (const Model& model : population.models)
        result.reusable += isReusable(model, added);
    for (const Model& model : population.counted)
        if (isReusable(model, added))
            errors.push_back(*model.error);
    if (!errors.empty())
        result.reusableEdf = edf(std::move(errors));
}

} // namespace

Prospect Prospector::look(const Population& population, const std::vector<Constraint>& added, Effort effort,
                          std::stop_token stop)
{
    const Space& parent = population.space.space;
    const bool isKnown =
        m_known && parent == m_space && added == m_known->added && effort.networks <= m_known->effort.networks;
    Prospect result = isKnown ? m_known->prospect : drawn(parent, added, effort, stop);
    if (stop.stop_requested())
        return result;
    if (!isKnown && result.problem.empty())
        m_known = {added, effort, result};
    if (result.problem.empty())
        countReusable(result, population, added);
    return result;
}

Prospect Prospector::drawn(const Space& parent, const std::vector<Constraint>& added, Effort effort,
                           std::stop_token stop)
{
    Prospect result;
    Space child = parent;
    try {
        for (const Constraint& constraint : added)
            child = constrained(child, constraint);
        check(child);
        result.log10Before = log10Size(parent);
        result.log10After = log10Size(child);
    } catch (const Error& error) {
        result.problem = error.what();
        return result;
    }
    if (m_before.empty() || parent != m_space || effort.networks > m_effort.networks) {
        const Preview before = previewOf(parent, effort, stop);
        if (stop.stop_requested())
            return result;
        m_before.clear();
        m_known.reset();
        for (const std::string& parameter : limitableParameters(parent)) {
            Spread spread{parameter, binsOf(parent, parameter, before.examples), {}, {}};
            spread.before = density(spread.bins, before.examples, parameter);
            m_before.push_back(std::move(spread));
        }
        m_space = parent;
        m_effort = effort;
    }
    Preview after = previewOf(child, effort, stop);
    result.proposals = after.proposals;
    result.accepted = after.accepted;
    result.emptiness = std::move(after.emptiness);
    result.spreads = m_before;
    for (Spread& spread : result.spreads)
        spread.after = density(spread.bins, after.examples, spread.parameter);
    after.examples.resize(std::min(after.examples.size(), examples));
    result.examples = std::move(after.examples);
    return result;
}

} // namespace spacewright
