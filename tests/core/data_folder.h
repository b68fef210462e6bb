// A folder of a test's own with files to read images from, and what must be said about broken ones.
#pragma once
#include "core/error.h"
#include "tests/temporary_folder.h"
#include <fstream>
#include <zlib.h>

namespace spacewright::test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes operator+(Bytes a, const Bytes& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

inline Bytes bytesOf(const std::string& text)
{
    return {text.begin(), text.end()};
}

class DataFolder : public testing::Test {
protected:
    std::filesystem::path write(const std::string& name, const Bytes& bytes)
    {
        std::filesystem::create_directories((m_folder / name).parent_path());
        std::ofstream(m_folder / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return m_folder / name;
    }
    std::filesystem::path write(const std::string& name, const std::string& text) { return write(name, bytesOf(text)); }
    std::filesystem::path writeGzipped(const std::string& name, const Bytes& bytes)
    {
        const gzFile file = gzopen((m_folder / name).c_str(), "wb");
        gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
        gzclose(file);
        return m_folder / name;
    }
    /// Expects an Error whose text contains each of `parts`.
    template <typename Action>
    void expectError(Action action, std::initializer_list<std::string> parts)
    {
        try {
            action();
            FAIL() << "no error";
        } catch (const Error& error) {
            for (const std::string& part : parts)
                EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
        }
    }

private:
    Folder m_place;

protected:
    std::filesystem::path m_folder = m_place.path();
};

} // namespace spacewright::test
