// SHA-256 by OpenSSL.
#include "core/exchange/sha256.h"
#include "core/error.h"
#include <openssl/evp.h>
#include <array>

namespace spacewright {

std::string sha256(std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
        throw Error("OpenSSL could not compute a SHA-256.");
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        constexpr const char* digits = "0123456789abcdef";
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

} // namespace spacewright
