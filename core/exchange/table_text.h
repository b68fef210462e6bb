// Lines of cells for spreadsheets: CSV (RFC 4180), or with another separator.
#pragma once
#include <algorithm>
#include <charconv>
#include <string>

namespace spacewright {

class TableText {
public:
    explicit TableText(char separator) : m_separator(separator) {}

    void text(std::string cell)
    {
        begin();
        if (m_separator == '\t') {
            std::replace_if(
                cell.begin(), cell.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
            m_lines += cell;
            return;
        }
        if (cell.find_first_of(std::string("\"\r\n") + m_separator) == std::string::npos) {
            m_lines += cell;
            return;
        }
        m_lines += '"';
        for (const char c : cell)
            m_lines += c == '"' ? std::string("\"\"") : std::string(1, c);
        m_lines += '"';
    }
    template <typename Number>
    void number(Number value)
    {
        begin();
        char digits[32];
        m_lines.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    }
    void nothing() { begin(); }
    void endLine()
    {
        m_lines += '\n';
        m_first = true;
    }
    std::string lines() && { return std::move(m_lines); }

private:
    void begin()
    {
        if (!m_first)
            m_lines += m_separator;
        m_first = false;
    }
    char m_separator;
    bool m_first = true;
    std::string m_lines;
};

} // namespace spacewright
