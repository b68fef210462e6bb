// Claims by link(2).
#include "core/cluster/claims.h"
#include "core/error.h"
#include "core/whole_file.h"
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

namespace spacewright {
namespace {

namespace fs = std::filesystem;

fs::path claimPath(const Bundle& bundle, int shard, std::size_t generation)
{
    return bundle.path() / "claims" / (std::to_string(shard) + "." + std::to_string(generation));
}

fs::path donePath(const Bundle& bundle, int shard)
{
    return bundle.path() / "claims" / (std::to_string(shard) + ".done");
}

std::string tokenIn(const fs::path& claim)
{
    std::ifstream file(claim);
    std::string token;
    std::getline(file, token);
    return token;
}

} // namespace

std::vector<ShardState> shardStates(const Bundle& bundle, const std::vector<ShardState>& known)
{
    std::vector<ShardState> states = known;
    states.resize(static_cast<std::size_t>(bundle.shards()));
    std::vector<std::size_t> generations(states.size());
    for (const fs::directory_entry& entry : fs::directory_iterator(bundle.path() / "claims")) {
        const std::string name = entry.path().filename();
        std::size_t shard = 0, generation = 0;
        const char* const end = name.data() + name.size();
        const auto [dot, problem] = std::from_chars(name.data(), end, shard);
        if (problem != std::errc() || dot == end || *dot != '.' || shard >= states.size())
            continue; // a claim in the making
        if (std::string_view(dot) == ".done")
            states[shard].done = true;
        else if (std::from_chars(dot + 1, end, generation).ptr == end)
            generations[shard] = std::max(generations[shard], generation + 1);
    }
    for (std::size_t shard = 0; shard < states.size(); ++shard)
        for (std::size_t i = states[shard].tokens.size(); i < generations[shard]; ++i)
            states[shard].tokens.push_back(tokenIn(claimPath(bundle, static_cast<int>(shard), i)));
    return states;
}

Claims::Claims(const Bundle& bundle, const Attempt& attempt) : m_bundle(bundle), m_attempt(attempt) {}

/// Elements begin at different places, so that they seldom meet.
std::optional<Claims::Claim> Claims::take()
{
    m_uncertain = false;
    m_shards = shardStates(m_bundle, m_shards);
    const auto n = m_shards.size();
    const auto tasks = static_cast<std::size_t>(std::max(1, m_bundle.plan().tasks));
    const std::size_t first = static_cast<std::size_t>(m_attempt.name().element) % tasks * n / tasks;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t shard = (first + i) % n;
        const ShardState& state = m_shards[shard];
        if (state.done || (!state.tokens.empty() && !isDead(state.tokens.back())))
            continue;
        if (take(static_cast<int>(shard), state.tokens.size()))
            return Claim{static_cast<int>(shard), state.tokens};
    }
    return std::nullopt;
}

bool Claims::isDead(const std::string& token)
{
    const auto its = ElementName::fromToken(token);
    const ElementName& mine = m_attempt.name();
    if (its && its->job == mine.job && its->element == mine.element && its->restart < mine.restart)
        return true; // this is what SLURM started in its place
    const fs::path folder = m_bundle.path() / "attempts" / token;
    if (fs::exists(m_bundle.path() / "results" / token) || fs::exists(folder / "gone"))
        return true;
    std::error_code missing;
    const auto found = fs::file_size(folder / "alive", missing);
    const std::uintmax_t size = missing ? 0 : found;
    const auto now = Clock::now();
    const auto [at, isNew] = m_pulses.try_emplace(token, Pulse{size, now});
    Pulse& pulse = at->second;
    if (size != pulse.size)
        pulse = {size, now, true};
    if (std::chrono::duration<double>(now - pulse.since).count() > m_bundle.plan().leaseSeconds)
        return true;
    m_uncertain = m_uncertain || !pulse.wasSeenToGrow;
    return false;
}

/// The new file has its content before it has the name; of several that want the name one gets it.
bool Claims::take(int shard, std::size_t generation)
{
    const fs::path mine = m_bundle.path() / "claims" / ("of-" + m_attempt.token());
    writeWhole(mine, m_attempt.token() + "\n");
    const fs::path claim = claimPath(m_bundle, shard, generation);
    const bool linked = link(mine.c_str(), claim.c_str()) == 0;
    const int problem = errno;
    const bool isMine =
        linked || tokenIn(claim) == m_attempt.token(); // NFS may lose the answer of a link that was made
    std::error_code ignored; // one too many does no harm
    fs::remove(mine, ignored);
    if (!isMine && problem != EEXIST)
        throw Error(claim.string() + " could not be made: " + std::strerror(problem) +
                    ". The bundle must lie on a file system with links, and with room.");
    return isMine;
}

void Claims::done(int shard)
{
    writeWhole(donePath(m_bundle, shard), m_attempt.token() + "\n");
}

} // namespace spacewright
