// Draws networks from a design space.
#include "core/design/sampler.h"
#include "core/design/distinct.h"
#include "core/design/emptiness.h"
#include "core/design/proposer.h"
#include "core/error.h"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <string>
#include <thread>

namespace spacewright {

namespace {

/// What became of one index; each depends on (space, seed, index) alone.
struct Attempt {
    Sample sample;
    std::int64_t proposals = 0; ///< 0: not finished
    bool found = false;
    std::exception_ptr problem;
};

/// Proposes until one is accepted, `patience` is spent, or a stop is requested.
void attempt(const Proposer& proposer, std::uint64_t seed, std::int64_t index, Attempt& a, std::stop_token stop)
{
    Random random(seed, static_cast<std::uint64_t>(index));
    a.sample.index = index;
    a.sample.network = proposer.space().prototype;
    std::int64_t proposals = 0;
    while (!a.found && proposals < Proposer::patience) {
        if (proposals % 4096 == 0 && stop.stop_requested())
            return;
        ++proposals;
        a.found = proposer.propose(random, a.sample);
    }
    a.proposals = proposals;
}

/// Attempts the indices from `first` on, a few at a time on each thread. After a stop request or a failure the later
/// ones may be left unfinished, never earlier ones.
std::vector<Attempt> attempts(const Proposer& proposer, std::uint64_t seed, std::int64_t first, std::int64_t count,
                              int threads, const std::stop_token& stop)
{
    constexpr std::int64_t share = 16;
    std::vector<Attempt> results(count);
    std::atomic<std::int64_t> next = 0;
    const auto work = [&] {
        for (std::int64_t begin = next.fetch_add(share); begin < count; begin = next.fetch_add(share)) {
            for (std::int64_t i = begin; i < std::min(begin + share, count); ++i) {
                try {
                    attempt(proposer, seed, first + i, results[i], stop);
                } catch (...) {
                    results[i].problem = std::current_exception();
                }
                if (!results[i].found) {
                    next = count;
                    return;
                }
            }
        }
    };
    std::vector<std::jthread> helpers;
    for (int t = 1; t < threads; ++t)
        helpers.emplace_back(work);
    work();
    helpers.clear(); // joins
    return results;
}

/// Threads for so many further samples: one unless they take some milliseconds.
int threadsFor(const Draw& soFar, std::int64_t count, int wanted)
{
    constexpr double worthwhile = 100'000; // proposals
    if (soFar.accepted == 0 ||
        static_cast<double>(soFar.proposals) / static_cast<double>(soFar.accepted) * static_cast<double>(count) <
            worthwhile)
        return 1;
    return wanted > 0 ? wanted : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

} // namespace

Draw draw(const Space& space, std::uint64_t seed, std::int64_t n, std::int64_t first, const std::vector<Network>& known,
          std::stop_token stop, int threads)
{
    const auto start = std::chrono::steady_clock::now();
    const Proposer proposer(space);
    if (proposer.empty())
        throw Error(explainEmptiness(space, seed).sentence);
    Distinct seen(known);
    Draw result;
    result.nextIndex = first;
    std::int64_t repeats = 0;
    bool stopped = false;
    while (static_cast<std::int64_t>(result.samples.size()) < n && !stopped) {
        // Never more than are missing, so that none is drawn in vain; the first one alone, in case there is none.
        const std::int64_t missing = n - static_cast<std::int64_t>(result.samples.size());
        const std::int64_t count = result.accepted == 0 ? 1 : std::min<std::int64_t>(missing, 1 << 16);
        for (Attempt& a : attempts(proposer, seed, result.nextIndex, count, threadsFor(result, count, threads), stop)) {
            if (a.problem)
                std::rethrow_exception(a.problem);
            stopped = a.proposals == 0;
            if (stopped)
                break;
            result.proposals += a.proposals;
            if (!a.found)
                throw Error(explainEmptiness(space, seed).sentence);
            ++result.accepted;
            ++result.nextIndex;
            result.samples.push_back(std::move(a.sample));
            if (seen.insert(result.samples.back())) {
                repeats = 0;
                continue;
            }
            result.samples.pop_back();
            if (++repeats > 1000 + 20 * static_cast<std::int64_t>(seen.size()))
                throw Error(space.name + " holds only " + (space.networks.empty() ? "about " : "") +
                            std::to_string(seen.size()) + " different networks, and " + std::to_string(n) +
                            " more were asked for. Ask for fewer, or widen the space.");
        }
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

Preview preview(const Space& space, std::uint64_t seed, std::int64_t proposals, int wanted, std::stop_token stop,
                std::int64_t enough)
{
    Preview result;
    try {
        const Proposer proposer(space);
        Sample sample;
        sample.network = space.prototype;
        Random random(seed, 0);
        // Rare spaces get more tries, so that "nothing found" is said only when it is as good as certain.
        const std::int64_t patience = std::max(proposals, Proposer::patience / 4);
        while (!proposer.empty() && !stop.stop_requested() && (result.proposals < proposals || result.accepted == 0) &&
               result.accepted < enough && result.proposals < patience) {
            ++result.proposals;
            if (!proposer.propose(random, sample))
                continue;
            ++result.accepted;
            if (static_cast<int>(result.examples.size()) < wanted)
                result.examples.push_back(sample);
        }
        if (result.accepted == 0 && !stop.stop_requested())
            result.emptiness = explainEmptiness(space, seed, stop);
    } catch (const Error& error) {
        result.emptiness = Emptiness{error.what(), {}};
    }
    return result;
}

} // namespace spacewright
