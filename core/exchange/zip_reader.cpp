// Reads zip archives with libzip.
#include "core/exchange/zip_reader.h"
#include "core/error.h"
#include <zip.h>

namespace spacewright {

ZipReader::ZipReader(const std::filesystem::path& path) : m_path(path), m_archive(nullptr, zip_discard)
{
    int problem = 0;
    m_archive.reset(zip_open(path.c_str(), ZIP_RDONLY, &problem));
    if (!m_archive)
        throw Error("The file " + path.string() +
                    " cannot be read as a zip archive. Check that it is one and was copied as a whole.");
    const zip_int64_t count = zip_get_num_entries(m_archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t info;
        if (zip_stat_index(m_archive.get(), static_cast<zip_uint64_t>(i), 0, &info) == 0)
            m_entries.push_back({info.name, info.size, info.comp_size});
        else
            m_entries.emplace_back();
    }
}

ZipReader::Stream::Stream(const ZipReader& archive, std::size_t entry)
    : m_place(archive.m_entries.at(entry).name + " in " + archive.m_path.string()),
      m_file(zip_fopen_index(archive.m_archive.get(), entry, 0), zip_fclose)
{
    if (!m_file)
        throw Error("The entry " + m_place + " cannot be opened; it may be encrypted or damaged.");
}

std::size_t ZipReader::Stream::read(std::uint8_t* bytes, std::size_t size)
{
    std::size_t done = 0;
    while (done < size) {
        const zip_int64_t got = zip_fread(m_file.get(), bytes + done, size - done);
        if (got < 0)
            throw Error("The entry " + m_place + " is damaged: " + zip_file_strerror(m_file.get()) + ".");
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

} // namespace spacewright
