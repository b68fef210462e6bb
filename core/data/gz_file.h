// A data file read from its beginning, gzipped or plain.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct gzFile_s;

namespace spacewright {

class GzFile {
public:
    /// Throws Error when it cannot be opened.
    explicit GzFile(const std::filesystem::path&);

    /// Throws Error naming the file; `what` is what is wrong with it.
    [[noreturn]] void fail(const std::string& what) const;
    /// Fewer than `size` bytes only at the end. Fails where the file is damaged or unpacks to an absurd size.
    std::size_t read(std::uint8_t* bytes, std::size_t size);
    /// Exactly `count` records of the buffer's size and then the end; `use` is called with the number of each.
    void records(std::vector<std::uint8_t>& buffer, std::size_t count, const std::function<void(std::size_t)>& use);
    /// Exactly `expected` bytes and then the end. Grows with what is really there, whatever the file promises.
    std::vector<std::uint8_t> rest(std::uint64_t expected);

private:
    [[noreturn]] void failShort(std::uint64_t got, std::uint64_t expected) const;
    void requireEnd(std::uint64_t expected);

    std::filesystem::path m_path;
    std::unique_ptr<gzFile_s, int (*)(gzFile_s*)> m_file;
    std::uint64_t m_read = 0;
};

} // namespace spacewright
