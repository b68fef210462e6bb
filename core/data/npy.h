// One NumPy array: its header and its values.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace spacewright {

struct NpyHeader {
    char kind = 'u'; ///< NumPy's: 'u', 'i', 'f', 'O', ...
    int bytes = 1;   ///< of one value
    bool bigEndian = false;
    bool fortranOrder = false;
    std::vector<std::int64_t> shape;

    /// Values in all; throws Error when there are more than 2^62.
    std::uint64_t count() const;
    std::string shapeText() const; ///< "(60000, 28, 28)"
};

/// Fewer than `size` bytes only at the end.
using ByteSource = std::function<std::size_t(std::uint8_t* bytes, std::size_t size)>;

/// Versions 1 to 3 of the format. Throws Error with the reason alone.
NpyHeader readNpyHeader(const ByteSource&);

} // namespace spacewright
