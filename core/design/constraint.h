// A constraint as a value: what narrows a design space. Its text form is what files, terminal and journal use.
#pragma once
#include <limits>
#include <string>

namespace spacewright {

/// `shared b` and `shared g` look at the drawn parameter (building a narrow stage clips its group width);
/// everything else looks at the network as it is built.
struct Constraint {
    enum class Kind { shared, increasing, constant, decreasing, range, equal };
    Kind kind = Kind::range;
    /// shared: "b" or "g"; orders: "w" or "d"; range: "d", "w", "b", "g" (d: total depth; the others: every stage),
    /// "d1", "w4", ... (one stage), "w_0", "w_a", "w_m", "flops", "params", "acts",
    /// "rate", "weight_decay"; equal: "w_a" (it equals w_0).
    std::string parameter;
    double low = -std::numeric_limits<double>::infinity(); ///< range only, closed
    double high = std::numeric_limits<double>::infinity();

    bool operator==(const Constraint&) const = default;
};

/// "shared b", "increasing w", "d1=2:8", "flops=1.5e6:2e6", "w=64:" (open ends allowed), "w_0=w_a".
std::string toText(const Constraint&);
/// Reads `toText`'s form and what a person would type: "shared-bottleneck", "shared_groups", "increasing widths",
/// "g>1"-like bounds are written "g=2:", "w_m=2", "flops=360M:400M". Throws Error that names the accepted forms.
Constraint constraintFrom(const std::string&);
/// For people: "shared bottleneck ratio (b_i = b)", "increasing widths (w_i+1 >= w_i)", "1.5 M <= flops <= 2 M".
std::string describe(const Constraint&);

} // namespace spacewright
