// What `edf` and `compare` look at: errors with parameters, from a study or from a JSON file.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spacewright {

struct ErrorList {
    std::string name;
    std::vector<double> errors; ///< percent
    /// The parameter of model i, or none when it has no such value.
    std::function<std::optional<double>(std::size_t, const std::string&)> parameter;
};

/// STUDY (each of its spaces), STUDY:SPACE (that one) or FILE.json: a list of {"error", PARAM...}, or a pycls
/// sweep.json. Throws CLI::ValidationError for a space that is not there, Error for what cannot be read.
std::vector<ErrorList> errorListsFrom(const std::string& argument);

} // namespace spacewright
