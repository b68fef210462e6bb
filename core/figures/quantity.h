// What is measured, in words: names and units of parameters and results. The one place for these.
#pragma once
#include <string>

namespace spacewright {

struct Quantity {
    std::string name{};        ///< "depth d"
    std::string unit{};        ///< "blocks"; empty where there is none
    bool isCount = false;      ///< large counts, read as 1.84 M
    bool isPowerOfTwo = false; ///< values that double from one to the next
    bool isLogUniform = false; ///< values over several powers of ten
};

/// By its constraint name ("d", "w4", "b", "w_a", "flops"), or "error", "edf", "rate", "weight_decay".
/// An unknown name is a quantity of that name without a unit.
Quantity quantityOf(const std::string& name);
/// "depth d (blocks)".
std::string titleOf(const Quantity&);

} // namespace spacewright
