// Files of many rows, read one after the other, however long they are: lists of JSON, lines of JSON, CSV.
#pragma once
#include <nlohmann/json.hpp>
#include <filesystem>
#include <functional>
#include <string>

namespace spacewright {

/// What becomes of the rows of a file: one that cannot be read is refused and never stops the rest.
struct RowVisitor {
    std::function<void(const std::string& where, const nlohmann::json& row)> row;
    std::function<void(const std::string& where, const std::string& why)> refused;
};

/// The elements of the list that a JSON file is, or of the lists in its outermost object: "model 1", "model 2", ...
/// NaN and Infinity, which Python writes, read as null. Throws Error for a file that is no list.
void eachElement(const std::filesystem::path&, const RowVisitor&);
/// The lines of a file, each of them JSON: "line 1", ... Empty ones are passed over.
void eachLine(const std::filesystem::path&, const RowVisitor&);
/// The rows of a CSV file (RFC 4180; commas, semicolons or tabs) as objects by the names in its first line: "line 2",
/// ... Cells that are numbers become numbers, empty ones are left out. Throws Error without a first line.
void eachCsvRow(const std::filesystem::path&, const RowVisitor&);

} // namespace spacewright
