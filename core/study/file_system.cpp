// The magic numbers of file systems that are not of this machine alone.
#include "core/study/file_system.h"
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

} // namespace spacewright
