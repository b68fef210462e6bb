// Draws networks from a design space.
#include "core/design/sampler.h"
#include "core/design/emptiness.h"
#include "core/design/proposer.h"
#include "core/error.h"
#include <algorithm>
#include <chrono>
#include <string>
#include <unordered_set>

namespace spacewright {

namespace {

/// The built stages as bytes; everything else is the same for all networks of a space, or goes with the stages.
std::string key(const Network& n)
{
    std::string bytes;
    for (const Stage& s : n.stages)
        for (const double v : {double(s.depth), double(s.width), s.bottleneckRatio, double(s.groupWidth),
                               double(s.stride), double(s.kernel)})
            bytes.append(reinterpret_cast<const char*>(&v), sizeof v);
    return bytes;
}

/// What tells samples apart: where the recipe is drawn too, the same network may come again with other values.
std::string key(const Sample& sample)
{
    std::string bytes = key(sample.network);
    for (const auto& v : {sample.rate, sample.weightDecay})
        if (v)
            bytes.append(reinterpret_cast<const char*>(&*v), sizeof *v);
    return bytes;
}

} // namespace

Draw draw(const Space& space, std::uint64_t seed, std::int64_t n, std::int64_t first, const std::vector<Network>& known,
          std::stop_token stop)
{
    const auto start = std::chrono::steady_clock::now();
    const Proposer proposer(space);
    std::unordered_set<std::string> seen;
    for (const Network& network : known)
        seen.insert(key(network));
    Draw result;
    result.nextIndex = first;
    std::int64_t repeats = 0;
    Sample sample;
    sample.network = space.prototype;
    while (static_cast<std::int64_t>(result.samples.size()) < n && !stop.stop_requested()) {
        Random random(seed, static_cast<std::uint64_t>(result.nextIndex));
        std::int64_t tries = 0;
        bool found = false;
        while (!found && tries < Proposer::patience && !stop.stop_requested()) {
            ++tries;
            found = proposer.propose(random, sample) && proposer.accepts(sample);
        }
        result.proposals += tries;
        if (!found) {
            if (stop.stop_requested())
                break;
            throw Error(explainEmptiness(proposer, seed));
        }
        ++result.accepted;
        sample.index = result.nextIndex++;
        if (seen.insert(key(sample)).second) {
            result.samples.push_back(sample);
            repeats = 0;
        } else if (++repeats > 1000 + 20 * static_cast<std::int64_t>(seen.size())) {
            throw Error(space.name + " holds only " + (space.networks.empty() ? "about " : "") +
                        std::to_string(seen.size()) + " different networks, and " + std::to_string(n) +
                        " more were asked for. Ask for fewer, or widen the space.");
        }
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

Preview preview(const Space& space, std::uint64_t seed, std::int64_t proposals, int wanted, std::stop_token stop)
{
    Preview result;
    try {
        const Proposer proposer(space);
        Sample sample;
        sample.network = space.prototype;
        Random random(seed, 0);
        // Rare spaces get more tries, so that "nothing found" is said only when it is as good as certain.
        const std::int64_t patience = std::max(proposals, Proposer::patience / 4);
        while (!stop.stop_requested() && (result.proposals < proposals || result.accepted == 0) &&
               result.proposals < patience) {
            ++result.proposals;
            if (!proposer.propose(random, sample) || !proposer.accepts(sample))
                continue;
            ++result.accepted;
            if (static_cast<int>(result.examples.size()) < wanted)
                result.examples.push_back(sample);
        }
        if (result.accepted == 0 && !stop.stop_requested())
            result.emptiedBy = explainEmptiness(proposer, seed);
    } catch (const Error& error) {
        result.emptiedBy = error.what();
    }
    return result;
}

} // namespace spacewright
