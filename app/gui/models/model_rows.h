// The models of a study as columns of numbers: made off the window's thread, so that it only sorts and searches.
#pragma once
#include "core/statistics/population.h"

#include <QString>

namespace spacewright {

/// One row per network, in order of id; a reused model has one row, with the space it was trained for.
struct ModelRows {
    /// Of the columns, as in terms.h: "#", "error", "d", "w1" .., "b", "g", "flops", "params", "space", "state".
    std::vector<std::string> keys;
    std::vector<ModelList::Pointer> models;
    std::vector<int> spaces;                              ///< their places in the study
    std::vector<std::vector<double>> numbers;             ///< by column: what it is sorted by
    std::vector<std::shared_ptr<const std::string>> text; ///< what the cells show, in lower case, for the filter

    std::size_t size() const { return models.size(); }
};

/// Models that `before` (may be null) has already cost a copy.
std::shared_ptr<const ModelRows> rowsOf(const StudyView&, const std::shared_ptr<const ModelRows>& before);

/// What a cell shows.
QString cellText(const Model&, const std::string& space, const std::string& key);

} // namespace spacewright
