// How many more models would decide between two populations: power by simulation from the observed errors.
#include "core/statistics/power.h"
#include "core/design/random.h"
#include "core/error.h"
#include "core/statistics/finite.h"
#include "core/statistics/ranks.h"
#include <cmath>
#include <numeric>

namespace spacewright {
namespace {

constexpr int studies = 1000; ///< the power at 80 % is then known to 1.3 points
constexpr int wanted = 800;   ///< of them have to decide
constexpr int mostModels = 2000;

/// The observed errors, ready to draw studies from.
class Simulation {
public:
    Simulation(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed)
        : m_row(ranks(a, b)), m_seed(seed),
          m_sign(std::accumulate(b.begin(), b.end(), 0.0) / static_cast<double>(b.size()) -
                 std::accumulate(a.begin(), a.end(), 0.0) / static_cast<double>(a.size()))
    {
        for (std::size_t i = 0; i < m_row.size(); ++i) {
            m_a.insert(m_a.end(), static_cast<std::size_t>(m_row[i].a), i);
            m_b.insert(m_b.end(), static_cast<std::size_t>(m_row[i].b), i);
        }
    }

    double power(int n)
    {
        int decided = 0;
        for (std::uint64_t study = 0; study < studies; ++study)
            decided += decides(n, study);
        return static_cast<double>(decided) / studies;
    }

    /// Whether power(n) is at least 80 %; ends when the studies to come cannot change that.
    bool isEnough(int n)
    {
        int decided = 0, undecided = 0;
        for (std::uint64_t study = 0; decided < wanted && undecided <= studies - wanted; ++study)
            ++(decides(n, study) ? decided : undecided);
        return decided >= wanted;
    }

private:
    bool decides(int n, std::uint64_t study)
    {
        drawStudy(n, study);
        return isDecided(n);
    }

    /// A longer study begins with the models of the shorter one, which keeps the power smooth in n.
    void drawStudy(int n, std::uint64_t study)
    {
        for (Rank& rank : m_row)
            rank.a = rank.b = 0;
        Random randomA(m_seed, 2 * study), randomB(m_seed, 2 * study + 1);
        for (int i = 0; i < n; ++i) {
            ++m_row[m_a[randomA.below(m_a.size())]].a;
            ++m_row[m_b[randomB.below(m_b.size())]].b;
        }
    }

    bool isDecided(double n) const
    {
        const double middle = m_row[m_row.size() / 2].value; // subtracted, so that the squares lose no digits
        double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0;
        for (const Rank& rank : m_row) {
            const double x = rank.value - middle, a = x * static_cast<double>(rank.a),
                         b = x * static_cast<double>(rank.b);
            sumA += a;
            sumB += b;
            squaresA += a * x;
            squaresB += b * x;
        }
        const double difference = (sumB - sumA) / n; // positive: A is better
        const double variance = (squaresA - sumA * sumA / n + squaresB - sumB * sumB / n) / (n * n);
        if (!(difference * m_sign > 0) || difference * difference <= 1.96 * 1.96 * variance)
            return false;
        const MannWhitney test = mannWhitney(m_row);
        return test.p < 0.05 && (test.effect - 0.5) * m_sign > 0;
    }

    std::vector<Rank> m_row;           ///< the values stay, the counts are those of the simulated study
    std::vector<std::size_t> m_a, m_b; ///< where in the row each observed model lies
    std::uint64_t m_seed;
    double m_sign; ///< positive when A has the lower mean, 0 when neither
};

Simulation simulation(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed)
{
    if (a.size() < leastForPower || b.size() < leastForPower)
        throw Error("How many models would decide can be said once each space has at least 4 with an error.");
    if (!allFinite(a) || !allFinite(b))
        throw Error("One of the errors is not a finite number. Leave that model out, or count it at chance level.");
    return {a, b, seed};
}

} // namespace

double power(const std::vector<double>& a, const std::vector<double>& b, int n, std::uint64_t seed)
{
    if (n < 1)
        throw Error("A study has at least one model of each space.");
    return simulation(a, b, seed).power(n);
}

ModelsNeeded modelsNeeded(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed)
{
    Simulation simulated = simulation(a, b, seed);
    int low = leastForPower - 1, high = leastForPower; // low does not decide; high is doubled until it does
    while (high < mostModels && !simulated.isEnough(high)) {
        low = high;
        high *= 2;
    }
    if (high >= mostModels) {
        high = mostModels;
        if (!simulated.isEnough(high))
            return {mostModels, true};
    }
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        (simulated.isEnough(middle) ? high : low) = middle;
    }
    return {high, false};
}

} // namespace spacewright
