// A place for a test's files.
#pragma once
#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace spacewright::test {

/// A new empty folder, removed with everything in it at the end of the scope.
class Folder {
public:
    Folder()
    {
        std::string name = testing::TempDir() + "spacewright-XXXXXX";
        if (!mkdtemp(name.data()))
            throw std::runtime_error("no temporary folder");
        m_path = name;
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace spacewright::test
