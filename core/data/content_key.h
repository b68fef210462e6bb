// A short name for what was read: the same content, the same name.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>

namespace spacewright {

/// FNV-1a (Fowler, Noll, Vo) of texts, 64 bits. Tells versions apart; no guard against intent.
class ContentKey {
public:
    void add(const std::string& text)
    {
        for (const char c : text + '\n') {
            m_value ^= static_cast<unsigned char>(c);
            m_value *= 0x100000001b3ULL;
        }
    }
    /// A file's size and time of change, under the name it is known by.
    void addFile(const std::filesystem::path& path, const std::string& name)
    {
        std::error_code problem;
        const auto size = std::filesystem::file_size(path, problem);
        const auto time = std::filesystem::last_write_time(path, problem).time_since_epoch().count();
        add(name + '\n' + std::to_string(size) + ' ' + std::to_string(time));
    }
    /// 16 hexadecimal digits.
    std::string text() const
    {
        char digits[17];
        std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(m_value));
        return digits;
    }

private:
    std::uint64_t m_value = 0xcbf29ce484222325ULL;
};

} // namespace spacewright
