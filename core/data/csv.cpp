// Reads tables of pixels.
#include "core/data/csv.h"
#include "core/data/gz_file.h"
#include "core/data/resize.h"
#include "core/data/stored_images.h"
#include "core/error.h"
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

bool isCsv(const fs::path& path)
{
    const std::string name = path.filename().string();
    std::error_code problem;
    return (name.ends_with(".csv") || name.ends_with(".csv.gz")) && fs::is_regular_file(path, problem);
}

/// The one file of the folder whose name has that word in it; empty when there is none or several.
fs::path csvNamed(const fs::path& folder, const char* word)
{
    std::vector<fs::path> files;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem))
        if (isCsv(entry.path()) && entry.path().filename().string().find(word) != std::string::npos)
            files.push_back(entry.path());
    return files.size() == 1 ? files.front() : fs::path();
}

/// Lines of a file, without their ends.
class Lines {
public:
    explicit Lines(const fs::path& path) : m_file(path), m_buffer(std::size_t{1} << 16) {}

    /// False at the end.
    bool next(std::string& line)
    {
        constexpr std::size_t longest = 16 << 20;
        line.clear();
        ++m_number;
        for (;;) {
            if (m_at == m_end && (m_end = m_file.read(m_buffer.data(), m_buffer.size()), m_at = 0, m_end == 0))
                return !line.empty();
            const auto from = m_buffer.begin() + static_cast<std::ptrdiff_t>(m_at);
            const auto end = m_buffer.begin() + static_cast<std::ptrdiff_t>(m_end);
            const auto found = std::find(from, end, '\n');
            line.append(from, found);
            m_at = static_cast<std::size_t>(found - m_buffer.begin()) + (found != end);
            if (line.size() > longest)
                fail("is longer than " + std::to_string(longest) + " characters");
            if (found == end)
                continue;
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            return true;
        }
    }
    [[noreturn]] void fail(const std::string& what) const
    {
        m_file.fail("line " + std::to_string(m_number) + " " + what);
    }

private:
    GzFile m_file;
    std::vector<std::uint8_t> m_buffer;
    std::size_t m_at = 0, m_end = 0;
    std::int64_t m_number = 0;
};

std::string_view trimmed(std::string_view text)
{
    const auto isBorder = [](char c) { return c == ' ' || c == '\t' || c == '"'; };
    while (!text.empty() && isBorder(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBorder(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> fieldsOf(std::string_view line)
{
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from <= line.size();) {
        const std::size_t comma = std::min(line.find(',', from), line.size());
        fields.push_back(trimmed(line.substr(from, comma - from)));
        from = comma + 1;
    }
    return fields;
}

bool isHeader(const std::vector<std::string_view>& fields)
{
    return std::any_of(fields.begin(), fields.end(), [](std::string_view field) {
        return !field.empty() && std::isalpha(static_cast<unsigned char>(field.front()));
    });
}

class Table {
public:
    Table(const fs::path& path, Part part, ImageSink& sink) : m_lines(path), m_part(part), m_sink(sink) {}

    void read()
    {
        std::string line;
        for (bool first = true; m_lines.next(line); first = false) {
            if (line.empty())
                continue;
            const std::vector<std::string_view> fields = fieldsOf(line);
            if (first && isHeader(fields))
                m_labelColumn = labelColumn(fields);
            else
                addRow(fields);
        }
        if (!m_layout)
            m_lines.fail("ends the file, which holds no images");
    }

private:
    static std::size_t labelColumn(const std::vector<std::string_view>& header)
    {
        for (const char* name : {"label", "class"})
            if (const auto at = std::find(header.begin(), header.end(), name); at != header.end())
                return static_cast<std::size_t>(at - header.begin());
        return 0;
    }
    void addRow(const std::vector<std::string_view>& fields)
    {
        if (m_labelColumn >= fields.size())
            m_lines.fail("has " + std::to_string(fields.size()) + " columns, and the first line says that column " +
                         std::to_string(m_labelColumn + 1) + " is the label");
        if (!m_layout)
            begin(fields.size() - 1);
        if (fields.size() - 1 != m_values.size())
            m_lines.fail("has " + std::to_string(fields.size() - 1) + " pixels where the first has " +
                         std::to_string(m_values.size()));
        auto to = m_values.begin();
        std::uint8_t label = 0;
        for (std::size_t i = 0; i < fields.size(); ++i)
            (i == m_labelColumn ? label : *to++) = value(fields[i], i);
        m_sink.append(m_layout->squarePlanes(m_values), label);
    }
    void begin(std::size_t values)
    {
        for (const int channels : {1, 3}) {
            const auto size = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(values) / channels)));
            if (values == 0 || size * size * std::size_t(channels) != values)
                continue;
            m_values.resize(values);
            m_layout = ImageLayout{channels, static_cast<int>(size), static_cast<int>(size), true};
            m_sink.begin(m_part, channels, static_cast<int>(size));
            return;
        }
        m_lines.fail("has " + std::to_string(values) +
                     " pixels, which is neither a square nor three times one, so it is no square image");
    }
    std::uint8_t value(std::string_view field, std::size_t column) const
    {
        int number = -1;
        const auto [end, problem] = std::from_chars(field.data(), field.data() + field.size(), number);
        if (problem != std::errc() || end != field.data() + field.size() || number < 0 || number > 255)
            m_lines.fail("has \"" + std::string(field.substr(0, 20)) + "\" as " +
                         (column == m_labelColumn ? "its label" : "column " + std::to_string(column + 1)) +
                         ", where whole numbers from 0 to 255 are needed");
        return static_cast<std::uint8_t>(number);
    }

    Lines m_lines;
    const Part m_part;
    ImageSink& m_sink;
    std::size_t m_labelColumn = 0;
    std::optional<ImageLayout> m_layout; ///< known from the first image on
    std::vector<std::uint8_t> m_values;
};

} // namespace

bool holdsCsv(const fs::path& path)
{
    return isCsv(path) || !csvNamed(path, "train").empty();
}

DataFiles readCsv(const fs::path& path, const ReadOptions& options)
{
    const fs::path training = isCsv(path) ? path : csvNamed(path, "train");
    const fs::path test = isCsv(path) ? fs::path() : csvNamed(path, "test");
    return readStored(path, {training, test}, options, [&](ImageSink& sink) {
        Table(training, Part::training, sink).read();
        if (!test.empty())
            Table(test, Part::test, sink).read();
        DataFiles files;
        files.order = ImageOrder::ofFile;
        return files;
    });
}

} // namespace spacewright
