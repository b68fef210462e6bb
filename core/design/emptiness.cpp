// Why a space yields no networks, in words.
#include "core/design/emptiness.h"
#include "core/design/proposer.h"
#include "core/design/spread.h"
#include <algorithm>
#include <optional>

namespace spacewright {

namespace {

/// Calls `visit` with the samples among so many proposals, until it returns false. Whether there was any.
template <class Visit>
bool forSamples(const Space& space, std::uint64_t seed, Visit visit)
{
    constexpr int proposals = 200'000, enough = 20'000;
    const Proposer proposer(space);
    if (proposer.empty())
        return false;
    Random random(seed, ~0ULL);
    Sample sample;
    sample.network = space.prototype;
    int accepted = 0;
    for (int i = 0; i < proposals && accepted < enough; ++i)
        if (proposer.propose(random, sample) && (++accepted, !visit(sample)))
            break;
    return accepted > 0;
}

bool leavesSomething(const Space& space, std::uint64_t seed)
{
    return forSamples(space, seed, [](const Sample&) { return false; });
}

/// The range, widened as little as lets the sample in.
Constraint widened(Constraint c, const Sample& sample)
{
    for (const double value : parameterValues(sample, c.parameter)) {
        c.low = std::min(c.low, value);
        c.high = std::max(c.high, value);
    }
    return c;
}

/// By how much a range is wider than another one within it; an end that both leave open counts for nothing.
double difference(const Constraint& wide, const Constraint& narrow)
{
    return (wide.low < narrow.low ? narrow.low - wide.low : 0) +
           (wide.high > narrow.high ? wide.high - narrow.high : 0);
}

/// The values that tables draw for the range's parameter; none where it follows from others.
std::vector<double> drawnValues(const Space& space, const Constraint& range)
{
    const bool ofRegNet = space.family == Space::Family::regNet;
    const Distribution* distribution = distributionOf(space, range.parameter);
    if (!distribution || !(ofRegNet ? RegNetProposer::settles(range) : AnyNetProposer::settles(range)))
        return {};
    return Table(*distribution).values();
}

/// Moves one end of `range` back towards `target` over the drawn values, as far as `space` with it leaves something.
void tighten(Constraint& range, double Constraint::*end, double target, const Space& space, std::uint64_t seed)
{
    std::vector<double> between; // from where it is to where it should be
    for (const double v : drawnValues(space, range))
        if (v > std::min(range.*end, target) && v < std::max(range.*end, target))
            between.push_back(v);
    if (range.*end > target)
        std::reverse(between.begin(), between.end());
    const auto fails = std::partition_point(between.begin(), between.end(), [&](double v) {
        Constraint tighter = range;
        tighter.*end = v;
        return leavesSomething(constrained(space, tighter), seed);
    });
    if (fails != between.begin())
        range.*end = *(fails - 1);
}

std::optional<Remedy> remedy(const Space& space, std::size_t which, std::uint64_t seed)
{
    Remedy result{space.constraints[which], {}};
    Space without = space;
    without.constraints.erase(without.constraints.begin() + static_cast<std::ptrdiff_t>(which));
    const Constraint& c = result.constraint;
    const bool helps = forSamples(without, seed, [&](const Sample& sample) {
        if (c.kind != Constraint::Kind::range)
            return false;
        const Constraint wide = widened(c, sample);
        if (!result.nearest || difference(wide, c) < difference(*result.nearest, c))
            result.nearest = wide;
        return true;
    });
    if (!helps)
        return std::nullopt;
    if (result.nearest) {
        tighten(*result.nearest, &Constraint::low, c.low, without, seed);
        tighten(*result.nearest, &Constraint::high, c.high, without, seed);
    }
    return result;
}

std::string sentenceOf(const Space& space, const std::vector<Remedy>& remedies)
{
    // The latest range, since a nearest one can be named; else the latest.
    const auto last = std::find_if(remedies.rbegin(), remedies.rend(), [](const Remedy& r) { return r.nearest; });
    const Remedy& named = last == remedies.rend() ? remedies.back() : *last;
    std::string text = space.name + " is empty or nearly so: \"" + describe(named.constraint) + "\" leaves nothing" +
                       (space.constraints.size() > 1 ? " together with the other constraints" : "") + ". " +
                       (named.nearest ? "The nearest found that leaves something is \"" + toText(*named.nearest) + "\"."
                                      : "Leave it out.");
    std::string others;
    for (const Remedy& r : remedies)
        if (&r != &named)
            others += (others.empty() ? "" : ", or ") +
                      (r.nearest ? "\"" + toText(*r.nearest) + "\" in place of \"" + toText(r.constraint) + "\""
                                 : "leaving out \"" + toText(r.constraint) + "\"");
    return others.empty() ? text : text + " So does " + others + ".";
}

} // namespace

Emptiness explainEmptiness(const Space& space, std::uint64_t seed, std::stop_token stop)
{
    // Where no single constraint can help, the first ones that already leave nothing are explained by themselves.
    for (Space part = space; !part.constraints.empty() && !stop.stop_requested(); part.constraints.pop_back()) {
        Emptiness found;
        for (std::size_t i = 0; i < part.constraints.size() && !stop.stop_requested(); ++i)
            if (const auto helps = remedy(part, i, seed))
                found.remedies.push_back(*helps);
        if (found.remedies.empty())
            continue;
        found.sentence = sentenceOf(part, found.remedies);
        return found;
    }
    if (space.family == Space::Family::regNet)
        return {space.name + " is empty or nearly so: its ranges of d, w_0, w_a and w_m give no network of " +
                    stagesText(space) + " stages. Widen one of them.",
                {}};
    return {space.name + " yields no networks.", {}};
}

} // namespace spacewright
