// Finds where text is no UTF-8.
#include "core/valid_utf8.h"
#include <algorithm>

namespace spacewright {
namespace {

unsigned char byte(std::string_view text, std::size_t i)
{
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

/// Bytes of the character that the text begins with; 0 where they are none. No surrogates, nothing too long.
std::size_t characterSize(std::string_view text)
{
    const unsigned char first = byte(text, 0), second = byte(text, 1);
    if (first < 0x80)
        return 1;
    const std::size_t size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    const unsigned char lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned char highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (size == 0 || second < lowest || second > highest)
        return 0;
    for (std::size_t i = 2; i < size; ++i)
        if (byte(text, i) < 0x80 || byte(text, i) > 0xBF)
            return 0;
    return size;
}

} // namespace

std::string validUtf8(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = characterSize(text.substr(i));
        valid += size > 0 ? text.substr(i, size) : "\uFFFD";
        i += std::max<std::size_t>(size, 1);
    }
    return valid;
}

} // namespace spacewright
