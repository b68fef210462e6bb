// A disk that says of itself that it is shared among machines.
#pragma once

namespace spacewright::faults {

/// While it lives, statfs(2) tells this process of NFS, whatever file is asked for.
class SharedDisk {
public:
    SharedDisk();
    ~SharedDisk();
    SharedDisk(const SharedDisk&) = delete;
    SharedDisk& operator=(const SharedDisk&) = delete;
};

} // namespace spacewright::faults
