// The quantised distribution of one parameter of a design space: a finite table of values and probabilities.
#pragma once
#include "core/design/alias_table.h"
#include <string>
#include <vector>

namespace spacewright {

struct Distribution {
    enum class Kind { uniform, logUniform, powersOfTwo, powerOfTwoOrLogUniform };
    Kind kind = Kind::uniform;
    double low = 1; ///< closed range
    double high = 1;
    double quantum = 1; ///< values are multiples of it

    bool operator==(const Distribution&) const = default;
};

/// A distribution as exact probabilities, ready to draw from; `restricted` is the conditional distribution.
class Table {
public:
    Table() = default;
    /// Formulas: pycls' sampling (see `masses` in distribution.cpp). Throws Error for an empty or negative
    /// range.
    explicit Table(const Distribution&);

    double draw(Random& random) const { return m_values[drawIndex(random)]; }
    /// Which of values().
    int drawIndex(Random& random) const { return m_alias.draw(random); }
    /// The same distribution given that the value lies in [low, high]; may be empty.
    Table restricted(double low, double high) const;
    /// The value that both take, given that independent draws of both agree; may be empty.
    Table agreeing(const Table& other) const;
    double probability(double value) const;
    bool empty() const { return m_values.empty(); }
    const std::vector<double>& values() const { return m_values; }               ///< increasing
    const std::vector<double>& probabilities() const { return m_probabilities; } ///< of values(); their sum is 1

private:
    std::vector<double> m_values;
    std::vector<double> m_probabilities;
    AliasTable m_alias;
    void assign(std::vector<double> values, std::vector<double> weights);
};

} // namespace spacewright
