// What `edf`, `compare`, `search` and `advise` look at: errors with parameters, from a study or from a file of models.
#pragma once
#include "core/statistics/overlap.h"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spacewright {

struct ErrorList {
    std::string name;
    std::vector<double> errors;           ///< percent
    std::filesystem::path study;          ///< whose space it is; empty for a file
    std::optional<Population> population; ///< that space, with the models in the order of the errors
    /// The parameter of model i, or none when it has no such value.
    std::function<std::optional<double>(std::size_t, const std::string&)> parameter;
};

/// STUDY (each of its spaces that is not set aside), STUDY:SPACE (that one) or a file of models (.json, .jsonl, .csv),
/// such as a list of {"error", PARAM...} or a pycls sweep.json. Throws CLI::ValidationError for a space that is not
/// there, Error for what cannot be read.
std::vector<ErrorList> errorListsFrom(const std::string& argument);
/// The same of several arguments, one after the other.
std::vector<ErrorList> errorListsFrom(const std::vector<std::string>& arguments);

/// What two of them have in common, when they are spaces of one study that share models.
Overlap overlap(const ErrorList& a, const ErrorList& b);

/// STUDY or STUDY:SPACE, told apart. Both a path and a space's name may hold colons; the first part that is a file is
/// the study.
struct StudyArgument {
    std::string path;
    std::optional<std::string> space;
};
StudyArgument studyArgument(const std::string&);

/// STUDY or STUDY:SPACE with the networks themselves. Throws as errorListsFrom does.
std::vector<Population> populationsFrom(const std::string& argument);
/// The one space; throws CLI::ValidationError when there are several, and says that one is wanted `forWhat`.
Population populationFrom(const std::string& argument, const std::string& forWhat);

} // namespace spacewright
