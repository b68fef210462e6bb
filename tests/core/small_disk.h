// A small disk for tests of full ones.
#pragma once
#include "core/error.h"
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>

namespace spacewright {

/// Lays a small disk over the folder: a temporary file system that only the calling process sees. Whoever is not root
/// becomes root of a user namespace first. Throws "skip" where the machine allows neither.
inline void enterSmallDisk(const std::filesystem::path& folder, const char* size)
{
    const auto user = geteuid();
    const auto group = getegid();
    if (user != 0 && unshare(CLONE_NEWUSER) == 0) {
        std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
        std::ofstream("/proc/self/setgroups") << "deny";
        std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
    }
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", folder.c_str(), "tmpfs", 0, size) != 0)
        throw Error("skip");
}

} // namespace spacewright
