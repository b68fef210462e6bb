// Which file systems are shared among machines.
#include "core/study/file_system.h"
#include <gtest/gtest.h>

namespace spacewright {
namespace {

TEST(FileSystem, sharedOnesAreKnownByTheirNumber)
{
    EXPECT_EQ(sharedFileSystem(0x6969), "NFS");
    EXPECT_EQ(sharedFileSystem(0xff534d42), "CIFS");
    EXPECT_EQ(sharedFileSystem(0x0bd00bd0), "Lustre");
    EXPECT_EQ(sharedFileSystem(0x01021997), "9p");
}

TEST(FileSystem, localOnesAreNotTakenForShared)
{
    for (const std::uint32_t type : {0xef53U /* ext4 */, 0x58465342U /* XFS */, 0x9123683eU /* Btrfs */,
                                     0x01021994U /* tmpfs */, 0x794c7630U /* overlayfs */, 0x2fc12fc1U /* ZFS */})
        EXPECT_FALSE(sharedFileSystem(type)) << std::hex << type;
}

} // namespace
} // namespace spacewright
