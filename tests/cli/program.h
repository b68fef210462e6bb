// Runs the built terminal program as a person or a script would.
#pragma once
#include <nlohmann/json.hpp>
#include <filesystem>
#include <functional>
#include <string>

struct Result {
    int code = -1;
    std::string out, err;

    nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// `arguments` as typed in a shell.
Result cli(const std::string& arguments);
/// The same with standard error read line by line; when `wanted` accepts a line, the program gets SIGINT twice
/// (as from `timeout`).
Result cliInterrupted(const std::string& arguments, const std::function<bool(const std::string&)>& wanted);

std::string inQuotes(const std::filesystem::path&);
std::string contents(const std::filesystem::path&);

/// An empty folder, removed at the end.
class Folder {
public:
    Folder();
    ~Folder() { std::filesystem::remove_all(m_path); }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    const std::filesystem::path& path() const { return m_path; }

    std::filesystem::path write(const std::string& name, const std::string& text) const;
    /// A data set of 16 x 16 images whose classes 0..3 are bright in one quarter each.
    std::filesystem::path writeDataSet() const;

private:
    std::filesystem::path m_path;
};
