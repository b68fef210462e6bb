// The magic numbers of file systems that are not of this machine alone.
#include "core/study/file_system.h"
#include <sys/vfs.h>
#include <map>

namespace spacewright {

std::optional<std::string> sharedFileSystem(std::uint32_t type)
{
    // statfs(2) and Linux' include/uapi/linux/magic.h; Lustre, GPFS and BeeGFS by their own sources.
    static const std::map<std::uint32_t, std::string> names{
        {0x6969, "NFS"},       {0x517b, "SMB"},        {0xff534d42, "CIFS"}, {0xfe534d42, "SMB2"},
        {0x65735546, "FUSE"},  {0x0bd00bd0, "Lustre"}, {0x47504653, "GPFS"}, {0x01021997, "9p"},
        {0x00c36400, "Ceph"},  {0x19830326, "BeeGFS"}, {0x5346414f, "AFS"},  {0x01161970, "GFS2"},
        {0x7461636f, "OCFS2"},
    };
    const auto name = names.find(type);
    return name == names.end() ? std::nullopt : std::optional(name->second);
}

std::optional<std::string> sharedFileSystemAt(const std::filesystem::path& path)
{
    struct statfs info {};
    return statfs(path.c_str(), &info) == 0 ? sharedFileSystem(static_cast<std::uint32_t>(info.f_type)) : std::nullopt;
}

std::optional<std::string> sharedDiskNotice(const std::filesystem::path& study)
{
    const auto name = sharedFileSystemAt(study);
    if (!name)
        return std::nullopt;
    return study.string() + " is on a network or FUSE file system (" + *name +
           "). It is kept without a write-ahead log there, so that whoever reads and writes it waits for the others; "
           "keep studies on a local disk where you can.";
}

} // namespace spacewright
