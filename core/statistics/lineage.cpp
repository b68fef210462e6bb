// Each space of a study against the one that it was narrowed from.
#include "core/statistics/lineage.h"
#include "core/counted.h"
#include <algorithm>

namespace spacewright {
namespace {

// With fewer on a side no two-sided rank test can fall below 5 %: 2 / C(8, 4) = 0.029, 2 / C(6, 3) = 0.1.
constexpr std::int64_t leastToCompare = 4;

std::int64_t latest(const Population& population)
{
    std::int64_t order = 0;
    for (const Model& model : population.counted)
        order = std::max(order, model.finishOrder);
    return order;
}

} // namespace

std::string toText(ParentVerdict::Kind kind)
{
    switch (kind) {
    case ParentVerdict::Kind::tooFew:
        return "too few to say";
    case ParentVerdict::Kind::undecided:
        return "not decided";
    case ParentVerdict::Kind::better:
        return "better";
    case ParentVerdict::Kind::worse:
        break;
    }
    return "worse";
}

ParentVerdict verdictAgainst(const Population& child, const Population& parent)
{
    const std::string &name = child.space.space.name, &above = parent.space.space.name;
    for (const Population* side : {&child, &parent})
        if (const auto missing = leastToCompare - std::ssize(side->counted); missing > 0)
            return {ParentVerdict::Kind::tooFew, "With " + counted(missing, "model") + " more of " +
                                                     side->space.space.name + ", " + name + " can be compared with " +
                                                     above + "."};
    const Comparison comparison = compare(overlap(child, parent));
    ParentVerdict result{ParentVerdict::Kind::undecided,
                         verdict(comparison, name, above) + stoppedText(child) + stoppedText(parent)};
    if (decided(comparison))
        result.kind = comparison.meanDifference < 0 ? ParentVerdict::Kind::better : ParentVerdict::Kind::worse;
    return result;
}

Lineage::Verdicts Lineage::of(const StudyView& study, std::stop_token stop)
{
    if (study.path != m_study)
        m_known.clear();
    m_study = study.path;
    Verdicts verdicts;
    for (const Population& child : study.populations) {
        const auto parent = std::find_if(study.populations.begin(), study.populations.end(),
                                         [&](const Population& other) { return other.space.id == child.space.parent; });
        if (!child.space.parent || parent == study.populations.end())
            continue;
        const Results results{std::ssize(child.counted), latest(child), std::ssize(parent->counted), latest(*parent)};
        auto known = m_known.find(child.space.id);
        if (known == m_known.end() || known->second.results != results) {
            if (stop.stop_requested())
                continue;
            known = m_known.insert_or_assign(child.space.id, Known{results, verdictAgainst(child, *parent)}).first;
        }
        verdicts[child.space.id] = known->second.verdict;
    }
    return verdicts;
}

} // namespace spacewright
