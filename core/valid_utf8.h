// Text that comes from elsewhere, made fit for JSON, which is UTF-8 and nothing else.
#pragma once
#include <string>
#include <string_view>

namespace spacewright {

/// The same text; each byte that belongs to no character of UTF-8 (RFC 3629) becomes U+FFFD.
std::string validUtf8(std::string_view);

} // namespace spacewright
