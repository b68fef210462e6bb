// Reads NumPy's header: a Python dictionary of three keys, as text.
#include "core/data/npy.h"
#include "core/error.h"
#include <cstring>
#include <regex>

namespace spacewright {

namespace {

std::string headerText(const ByteSource& source)
{
    constexpr std::size_t longest = 4096; // three keys; NumPy's own loader refuses longer ones as well
    std::uint8_t start[12];
    if (source(start, 8) < 8 || std::memcmp(start, "\x93NUMPY", 6) != 0)
        throw Error("it is no NumPy array (wrong first bytes)");
    const std::size_t lengthBytes = start[6] == 1 ? 2 : 4;
    if (start[6] < 1 || start[6] > 3 || source(start + 8, lengthBytes) < lengthBytes)
        throw Error("it is no NumPy array of version 1 to 3");
    std::size_t length = 0;
    for (std::size_t i = lengthBytes; i-- > 0;)
        length = length << 8 | start[8 + i];
    if (length > longest)
        throw Error("its header is longer than " + std::to_string(longest) + " bytes");
    std::string text(length, '\0');
    if (source(reinterpret_cast<std::uint8_t*>(text.data()), length) < length)
        throw Error("it ends within its header");
    return text;
}

std::smatch found(const std::string& text, const char* pattern, const char* what)
{
    std::smatch match;
    if (!std::regex_search(text, match, std::regex(pattern)))
        throw Error(std::string("its header names no ") + what);
    return match;
}

} // namespace

std::uint64_t NpyHeader::count() const
{
    std::uint64_t product = 1;
    for (const std::int64_t side : shape) {
        if (side > 0 && product > (std::uint64_t{1} << 62) / static_cast<std::uint64_t>(side))
            throw Error("its shape " + shapeText() + " is too large");
        product *= static_cast<std::uint64_t>(side);
    }
    return product;
}

std::string NpyHeader::shapeText() const
{
    std::string text;
    for (const std::int64_t side : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(side);
    return "(" + text + ")";
}

NpyHeader readNpyHeader(const ByteSource& source)
{
    const std::string text = headerText(source);
    NpyHeader header;
    // A structured type is a list instead of a text, and not found here.
    const std::smatch type = found(text, "'descr' *: *'([<>|=]?)([a-zA-Z])([0-9]{0,4})", "type of plain values");
    header.bigEndian = type[1] == ">";
    header.kind = type[2].str()[0];
    header.bytes = type[3].length() ? std::stoi(type[3]) : 1;
    header.fortranOrder = found(text, "'fortran_order' *: *(True|False)", "order")[1] == "True";
    const std::string shape = found(text, "'shape' *: *\\(([0-9, L]*)\\)", "shape")[1];
    const std::regex number("[0-9]{1,18}");
    for (std::sregex_iterator i(shape.begin(), shape.end(), number), end; i != end; ++i)
        header.shape.push_back(std::stoll(i->str()));
    return header;
}

} // namespace spacewright
