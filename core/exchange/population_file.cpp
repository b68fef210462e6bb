// Populations of trained models as files, read.
#include "core/exchange/population_file.h"
#include "core/error.h"
#include <algorithm>
#include <array>

namespace spacewright {
namespace {

using nlohmann::json;

constexpr std::size_t mostModels = 500'000, mostEpochs = 10'000'000, mostNamed = 20;

/// flops, params and acts as the row gives them; pycls keeps them apart.
const json& complexityIn(const json& row)
{
    const auto apart = row.is_object() ? row.find("complexity") : row.end();
    return apart != row.end() && apart->is_object() ? *apart : row;
}

/// "flops are 12 in the file and 13 here", or nothing.
std::string difference(const json& row, const Complexity& counted)
{
    const json& given = complexityIn(row);
    const std::array<std::pair<const char*, std::int64_t>, 3> measures{
        {{"flops", counted.flops}, {"params", counted.params}, {"acts", counted.activations}}};
    for (const auto& [name, count] : measures) {
        const auto found = given.find(name);
        if (found != given.end() && found->is_number() && found->get<double>() != static_cast<double>(count))
            return std::string(name) + " are " + found->dump() + " in the file and " + std::to_string(count) + " here";
    }
    return {};
}

class Reader {
public:
    Reader(const std::filesystem::path& path, const PopulationFormat& format) : m_path(path), m_format(format) {}

    PopulationFile read()
    {
        m_format.rows(m_path, {[&](const std::string& where, const json& row) { take(where, row); },
                               [&](const std::string& where, const std::string& why) { refuse(where, why); }});
        return std::move(m_file);
    }

private:
    void take(const std::string& where, const json& row)
    {
        TrainedModel trained;
        try {
            trained = m_format.model(row);
            check(trained);
        } catch (const Error& error) {
            return refuse(where, error.what());
        }
        m_epochs += trained.epochs.size();
        if (m_file.models.size() == mostModels || m_epochs > mostEpochs)
            throw Error(m_path.string() + " holds more than " + std::to_string(mostModels) + " models or " +
                        std::to_string(mostEpochs) +
                        " epochs, which is more than can be shown. Nothing was changed. "
                        "Import a part of it.");
        if (!networkIsKnown(trained.model.sample)) {
            ++m_file.numbersOnly;
        } else if (const std::string text = difference(row, trained.model.sample.complexity); !text.empty()) {
            if (m_file.differing++ == 0)
                m_file.firstDiffering = where + ": " + text;
        }
        m_file.models.push_back(std::move(trained));
    }
    void refuse(const std::string& where, const std::string& why)
    {
        if (m_file.refusedCount++ < static_cast<std::int64_t>(mostNamed))
            m_file.refused.push_back({where, why});
    }

    const std::filesystem::path& m_path;
    const PopulationFormat& m_format;
    PopulationFile m_file;
    std::size_t m_epochs = 0;
};

} // namespace

PopulationFile readPopulation(const std::filesystem::path& path, const PopulationFormat& format)
{
    return Reader(path, format).read();
}

} // namespace spacewright
