// Populations of trained models as files: the table of formats, read and written.
#pragma once
#include "core/exchange/rows.h"
#include "core/study/study.h"

namespace spacewright {

/// A row that is no model, or a model that makes no row, and why.
struct RefusedRow {
    std::string where, why;
};

/// What a population is written from.
struct WrittenPopulation {
    std::string name; ///< of its space
    Recipe recipe;
    std::vector<TrainedModel> models; ///< those with a result, with their own ids
};

/// Adding one is one file pair, one row in the table and one test.
struct PopulationFormat {
    const char* name;   ///< of `export --format` and `import --format`
    const char* ending; ///< of its files, without the dot
    const char* words;
    void (*rows)(const std::filesystem::path&, const RowVisitor&);
    TrainedModel (*model)(const nlohmann::json& row); ///< throws Error that says why the row is none
    /// Models that the format has no words for are left out and returned, with the reason. Throws Error when none could
    /// be written. Null where nothing is written.
    std::vector<RefusedRow> (*write)(const std::filesystem::path&, const WrittenPopulation&);
};
const std::vector<PopulationFormat>& populationFormats();
/// Throws Error that lists the names.
const PopulationFormat& populationFormat(const std::string& name);
/// The format of a file, told by its content. Throws Error for a file that cannot be read.
const PopulationFormat& populationFormatOf(const std::filesystem::path&);

/// Whether a file is a population, not a study, a space or images; by its content. False for one that cannot be read.
bool looksLikePopulation(const std::filesystem::path&);

/// What a file held.
struct PopulationFile {
    std::vector<TrainedModel> models;
    std::int64_t numbersOnly = 0;    ///< of these: models whose network is not known
    std::int64_t differing = 0;      ///< of these: the file's flops, params or acts are not those of its network
    std::string firstDiffering;      ///< where, and the numbers
    std::vector<RefusedRow> refused; ///< the first 20 rows that are no models
    std::int64_t refusedCount = 0;
};
/// Reads rows one after the other; a row that is no model is counted, and never stops the rest. Throws Error for a file
/// that is none of the format's, or holds more than 500,000 models or 10 million epochs.
PopulationFile readPopulation(const std::filesystem::path&, const PopulationFormat&);

/// The space of models that came from a file: of the family they all have, with the ranges that were seen.
Space spaceHolding(const std::vector<TrainedModel>&, const std::string& name);

} // namespace spacewright
