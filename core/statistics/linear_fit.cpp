// The RegNet that comes closest to a model's widths: a grid search that skips what cannot win.
#include "core/statistics/linear_fit.h"
#include "core/error.h"
#include "core/network/regnet.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace spacewright {
namespace {

constexpr int quantum = 8;
constexpr int finestMultiplier = 1500, largestMultiplier = 3000, coarseStep = 20; ///< thousandths of w_m
constexpr double zero = 1e-9; ///< a sum of logarithms that is zero but for rounding

/// Neighbouring blocks of one width.
struct Run {
    int blocks = 0;
    double logWidth = 0;
};

/// A pair to be tried, and a sum of log ratios that none of its RegNets falls below.
struct Candidate {
    int initialWidth = 0;
    int multiplier = 0; ///< thousandths
    double bound = 0;
};

class GridSearch {
public:
    explicit GridSearch(const std::vector<int>& widths)
        : m_depth(static_cast<int>(widths.size())), m_widest(*std::max_element(widths.begin(), widths.end()))
    {
        for (std::size_t j = 0; j < widths.size(); ++j) {
            if (j == 0 || widths[j] != widths[j - 1])
                m_runs.push_back({0, std::log(widths[j])});
            ++m_runs.back().blocks;
            m_runOf.push_back(m_runs.size() - 1);
        }
    }

    RegNetParameters closest(int firstWidth)
    {
        // Block 0 has the width w_0 whatever the rest, so an exact fit is found or ruled out there, finely.
        if (firstWidth % quantum == 0) {
            m_best = 2 * zero; // nothing but an exact fit is looked for
            tryFinely(firstWidth, finestMultiplier, largestMultiplier);
            if (m_best < zero)
                return m_parameters;
        }
        m_best = std::numeric_limits<double>::infinity();
        tryWithinBounds();
        const int centre = static_cast<int>(std::lround(m_parameters.multiplier * 1000));
        tryFinely(m_parameters.initialWidth, std::max(finestMultiplier, centre - coarseStep),
                  std::min(largestMultiplier, centre + coarseStep));
        return m_parameters;
    }

private:
    void tryFinely(int initialWidth, int first, int last)
    {
        for (int multiplier = first; multiplier <= last; ++multiplier)
            if (loadLevels(initialWidth, multiplier) < m_best - zero)
                sweepSlope(initialWidth);
    }

    /// The coarse grid in order of what each pair promises, until the rest cannot win.
    void tryWithinBounds()
    {
        std::vector<Candidate> candidates;
        for (int initialWidth = quantum; initialWidth < m_widest + quantum; initialWidth += quantum)
            for (int m = finestMultiplier; m <= largestMultiplier; m += coarseStep)
                candidates.push_back({initialWidth, m, loadLevels(initialWidth, m)});
        std::sort(candidates.begin(), candidates.end(),
                  [](const Candidate& x, const Candidate& y) { return x.bound < y.bound; });
        for (const Candidate& c : candidates) {
            if (c.bound >= m_best - zero)
                return;
            loadLevels(c.initialWidth, c.multiplier);
            sweepSlope(c.initialWidth);
        }
    }

    /// Tabulates the distance of each run from each level, and gives the least sum of distances of any row of levels
    /// that begins at 0 and does not fall: what no w_a can beat.
    double loadLevels(int initialWidth, int multiplier)
    {
        m_multiplier = multiplier / 1000.0;
        m_levels.clear();
        for (double width = initialWidth;; width *= m_multiplier) {
            m_levels.push_back(std::log(std::nearbyint(width / quantum) * quantum));
            if (width > m_widest * m_multiplier)
                break;
        }
        const std::size_t levels = m_levels.size();
        m_distance.resize(m_runs.size() * levels);
        m_sums.assign(levels, 0);
        for (std::size_t run = 0; run < m_runs.size(); ++run) {
            double least = std::numeric_limits<double>::infinity();
            for (std::size_t k = 0; k < levels; ++k) {
                const double distance = std::abs(m_levels[k] - m_runs[run].logWidth);
                m_distance[run * levels + k] = distance;
                least = std::min(least, m_sums[k]);
                m_sums[k] = least + distance * (m_runs[run].blocks - (run == 0 ? 1 : 0));
            }
        }
        return m_distance[0] + *std::min_element(m_sums.begin(), m_sums.end());
    }

    /// Follows t = w_a / w_0 upwards: block j passes to level k at t = (w_m^(k - 1/2) - 1) / j, and between two such
    /// passages the widths stay the same. Ends where the last block would leave the levels.
    void sweepSlope(int initialWidth)
    {
        const std::size_t levels = m_levels.size();
        m_passages.clear();
        const double end = (std::pow(m_multiplier, static_cast<double>(levels) - 0.5) - 1) / std::max(1, m_depth - 1);
        double growth = std::sqrt(m_multiplier);
        for (std::size_t k = 1; k < levels; ++k, growth *= m_multiplier)
            for (int j = m_depth - 1; j > 0 && (growth - 1) / j < end; --j) {
                const double* distance = &m_distance[m_runOf[static_cast<std::size_t>(j)] * levels + k];
                m_passages.push_back({(growth - 1) / j, distance[0] - distance[-1]});
            }
        std::sort(m_passages.begin(), m_passages.end(),
                  [](const Passage& x, const Passage& y) { return x.slope < y.slope; });
        m_passages.push_back({end, 0});
        double sum = 0, from = 0;
        for (std::size_t run = 0; run < m_runs.size(); ++run)
            sum += m_runs[run].blocks * m_distance[run * levels];
        for (const Passage& passage : m_passages) {
            if (sum < m_best - zero && passage.slope > from * (1 + 1e-12)) {
                m_best = sum;
                m_parameters = {m_depth, initialWidth, (from + passage.slope) / 2 * initialWidth, m_multiplier};
            }
            sum += passage.change;
            from = passage.slope;
        }
    }

    struct Passage {
        double slope, change;
    };
    int m_depth, m_widest;
    std::vector<Run> m_runs;
    std::vector<std::size_t> m_runOf; ///< of each block
    double m_multiplier = 0;
    std::vector<double> m_levels;   ///< ln of the width of each level
    std::vector<double> m_distance; ///< |ln(level / observed)|, by run and level
    std::vector<double> m_sums;
    std::vector<Passage> m_passages;
    double m_best = std::numeric_limits<double>::infinity(); ///< sum over the blocks
    RegNetParameters m_parameters;
};

} // namespace

LinearFit linearFit(const std::vector<int>& widthPerBlock)
{
    if (widthPerBlock.empty() || widthPerBlock.size() > 1000)
        throw Error("A linear fit needs the widths of 1 to 1000 blocks.");
    if (!std::all_of(widthPerBlock.begin(), widthPerBlock.end(), [](int w) { return w >= 1 && w <= 65536; }))
        throw Error("A linear fit needs widths of 1 to 65536 channels.");
    LinearFit fit;
    fit.parameters = GridSearch(widthPerBlock).closest(widthPerBlock.front());
    fit.perBlock = regNetWidths(fit.parameters).perBlock;
    for (std::size_t j = 0; j < widthPerBlock.size(); ++j)
        fit.error += std::abs(std::log(static_cast<double>(fit.perBlock[j]) / widthPerBlock[j]));
    fit.error /= static_cast<double>(widthPerBlock.size());
    return fit;
}

} // namespace spacewright
