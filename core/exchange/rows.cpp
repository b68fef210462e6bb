// Files of many rows, read one after the other.
#include "core/exchange/rows.h"
#include "core/error.h"
#include "core/valid_utf8.h"
#include <algorithm>
#include <charconv>
#include <fstream>

namespace spacewright {
namespace {

using nlohmann::json;

constexpr std::size_t longestRow = 16'000'000; // bytes; one run of a sweep has some thousand
constexpr int deepest = 64;
constexpr const char* wanted = " What is wanted is a list of models, such as [{\"error\": 40.1}, ...] or a pycls "
                               "sweep.json.";

bool isSpace(int c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// The characters of a file, with the line they are in.
class Source {
public:
    explicit Source(const std::filesystem::path& path) : m_file(path, std::ios::binary)
    {
        if (!m_file || std::filesystem::is_directory(path))
            throw Error(path.string() + " cannot be read. Check that it exists, is a file and may be read by you.");
        for (const unsigned char c : {0xEF, 0xBB, 0xBF}) // some programs begin UTF-8 with these
            if (m_file.rdbuf()->sgetc() == c)
                next();
    }
    /// The next character, or EOF.
    int next()
    {
        const int c = m_file.rdbuf()->sbumpc();
        m_line += c == '\n';
        return c;
    }
    int peek() { return m_file.rdbuf()->sgetc(); }
    std::int64_t line() const { return m_line; } ///< of the next character

private:
    std::ifstream m_file;
    std::int64_t m_line = 1;
};

/// Follows JSON character by character.
class Nesting {
public:
    void follow(int c)
    {
        if (m_inText) {
            m_inText = m_escaped || c != '"';
            m_escaped = !m_escaped && c == '\\';
            return;
        }
        m_inText = c == '"';
        m_depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        m_deepest = std::max(m_deepest, m_depth);
    }
    bool isOutermost() const { return !m_inText && m_depth <= 0; }
    bool isInText() const { return m_inText; }
    int deepest() const { return m_deepest; }

private:
    bool m_inText = false, m_escaped = false;
    int m_depth = 0, m_deepest = 0;
};

/// Python writes NaN, Infinity and -Infinity, which JSON does not have.
std::string withoutInfinities(const std::string& text)
{
    std::string result;
    Nesting nesting;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!nesting.isInText())
            for (const std::string_view word : {"NaN", "-Infinity", "Infinity"})
                if (text.compare(i, word.size(), word) == 0) {
                    result += "null";
                    i += word.size();
                }
        if (i < text.size()) {
            nesting.follow(text[i]);
            result += text[i];
        }
    }
    return result;
}

void deliver(const RowVisitor& visitor, const std::string& where, const std::string& text, int depth)
{
    if (text.size() >= longestRow)
        return visitor.refused(where, "It is longer than 16 MB, which no model is.");
    if (depth > deepest)
        return visitor.refused(where, "It is nested too deeply to be a model.");
    json row = json::parse(text, nullptr, false);
    if (row.is_discarded())
        row = json::parse(withoutInfinities(text), nullptr, false);
    if (row.is_discarded())
        return visitor.refused(where, "It is not valid JSON.");
    visitor.row(where, row);
}

/// The elements up to the list's end; `count` goes on with those of the lists before.
void readList(Source& source, const RowVisitor& visitor, std::int64_t& count)
{
    std::string text;
    Nesting nesting;
    for (;;) {
        const int c = source.next();
        if (c != EOF && !(nesting.isOutermost() && (c == ',' || c == ']'))) {
            nesting.follow(c);
            if (text.size() < longestRow && !(text.empty() && isSpace(c)))
                text += static_cast<char>(c);
            continue;
        }
        if (!text.empty()) {
            const std::string where = "model " + std::to_string(++count);
            if (c == EOF)
                visitor.refused(where, "The file ends within it.");
            else
                deliver(visitor, where, text, nesting.deepest());
        }
        if (c != ',')
            return;
        text.clear();
        nesting = {};
    }
}

/// One line of cells; false at the end of the file. A quoted cell may hold separators, line ends and doubled quotes.
bool readCells(Source& source, char separator, std::vector<std::string>& cells)
{
    cells.assign(1, "");
    if (source.peek() == EOF)
        return false;
    bool quoted = false;
    for (std::size_t size = 0;;) {
        const int c = source.next();
        if (c == EOF || (c == '\n' && !quoted))
            return true;
        if (c == '"' && quoted && source.peek() == '"')
            cells.back() += static_cast<char>(source.next());
        else if (c == '"' && (quoted || cells.back().empty()))
            quoted = !quoted;
        else if (c == separator && !quoted)
            cells.emplace_back();
        else if (++size < longestRow && (c != '\r' || quoted))
            cells.back() += static_cast<char>(c);
    }
}

char separatorOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string first(4096, '\0');
    file.read(first.data(), static_cast<std::streamsize>(first.size()));
    first.resize(std::min(static_cast<std::size_t>(file.gcount()), first.find('\n')));
    const auto count = [&](char c) { return std::count(first.begin(), first.end(), c); };
    return std::max({',', ';', '\t'}, [&](char a, char b) { return count(a) < count(b); });
}

json cellValue(const std::string& cell)
{
    const char* end = cell.data() + cell.size();
    std::int64_t whole = 0;
    if (const auto r = std::from_chars(cell.data(), end, whole); r.ec == std::errc() && r.ptr == end)
        return whole;
    double number = 0;
    if (const auto r = std::from_chars(cell.data(), end, number); r.ec == std::errc() && r.ptr == end)
        return number;
    return validUtf8(cell);
}

} // namespace

void eachElement(const std::filesystem::path& path, const RowVisitor& visitor)
{
    Source source(path);
    std::int64_t count = 0;
    bool begun = false, isList = false;
    Nesting nesting; // of what stands outside the lists
    for (int c = source.next(); c != EOF; c = source.next()) {
        if (!begun && !isSpace(c) && c != '[' && c != '{')
            throw Error(path.string() + " is not JSON." + wanted);
        begun = begun || !isSpace(c);
        if (c == '[' && !nesting.isInText()) {
            isList = true;
            readList(source, visitor, count);
        } else {
            nesting.follow(c);
        }
    }
    if (!isList)
        throw Error(path.string() + " is not a list." + wanted);
}

void eachLine(const std::filesystem::path& path, const RowVisitor& visitor)
{
    Source source(path);
    while (source.peek() != EOF) {
        const std::string where = "line " + std::to_string(source.line());
        std::string text;
        Nesting nesting;
        for (int c = source.next(); c != EOF && c != '\n'; c = source.next()) {
            nesting.follow(c);
            if (text.size() < longestRow)
                text += static_cast<char>(c);
        }
        if (!std::all_of(text.begin(), text.end(), isSpace))
            deliver(visitor, where, text, nesting.deepest());
    }
}

void eachCsvRow(const std::filesystem::path& path, const RowVisitor& visitor)
{
    Source source(path);
    const char separator = separatorOf(path);
    std::vector<std::string> names, cells;
    if (!readCells(source, separator, names))
        throw Error(path.string() + " is empty.");
    for (std::string& name : names)
        name = validUtf8(name);
    while (source.peek() != EOF) {
        const std::string where = "line " + std::to_string(source.line());
        readCells(source, separator, cells);
        if (cells.size() == 1 && cells[0].empty())
            continue;
        if (cells.size() != names.size()) {
            visitor.refused(where, "It has " + std::to_string(cells.size()) + " cells, the first line has " +
                                       std::to_string(names.size()) + ".");
            continue;
        }
        json row = json::object();
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!cells[i].empty())
                row[names[i]] = cellValue(cells[i]);
        visitor.row(where, row);
    }
}

} // namespace spacewright
