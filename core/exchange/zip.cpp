// Writes archives with libzip.
#include "core/exchange/zip.h"
#include "core/error.h"
#include <memory>
#include <zip.h>

namespace spacewright {

namespace {

void refuseUnless(bool good)
{
    if (!good)
        throw Error("The file cannot be put together: there is not enough memory. Nothing was written.");
}

std::string bytesOf(zip_source_t* archive)
{
    zip_stat_t size;
    refuseUnless(zip_source_stat(archive, &size) == 0 && zip_source_open(archive) == 0);
    std::string bytes(size.size, '\0');
    const zip_int64_t read = zip_source_read(archive, bytes.data(), bytes.size());
    zip_source_close(archive);
    refuseUnless(read == static_cast<zip_int64_t>(bytes.size()));
    return bytes;
}

} // namespace

std::string toZip(const std::vector<ZipEntry>& entries)
{
    const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> archive(
        zip_source_buffer_create(nullptr, 0, 0, nullptr), zip_source_free);
    refuseUnless(archive != nullptr);
    zip_source_keep(archive.get()); // zip_close lets go of one reference
    zip_t* zip = zip_open_from_source(archive.get(), ZIP_TRUNCATE, nullptr);
    refuseUnless(zip != nullptr);
    for (const ZipEntry& entry : entries) {
        zip_source_t* source = zip_source_buffer(zip, entry.bytes.data(), entry.bytes.size(), 0);
        const zip_int64_t index = zip_file_add(zip, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index >= 0)
            zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
        // A fixed day, so that the same network gives the same bytes.
        if (index < 0 || zip_file_set_mtime(zip, static_cast<zip_uint64_t>(index), 315619200, 0) != 0) {
            zip_discard(zip);
            refuseUnless(false);
        }
    }
    if (zip_close(zip) != 0) {
        zip_discard(zip);
        refuseUnless(false);
    }
    return bytesOf(archive.get());
}

} // namespace spacewright
