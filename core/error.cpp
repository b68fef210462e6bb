// Which of the system's refusals may pass.
#include "core/error.h"
#include <cerrno>

namespace spacewright {

bool mayPass(int systemError)
{
    switch (systemError) {
    case ENOSPC: // no room, no quota
    case EDQUOT:
    case EROFS: // no right to
    case EACCES:
    case EPERM:
    case EIO: // the disk, or the computer that it is in, is not there
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case ESTALE:
    case ENOTCONN:
    case ETIMEDOUT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case EBUSY: // others need it
    case ETXTBSY:
    case EMFILE:
    case ENFILE:
        return true;
    default:
        return false;
    }
}

} // namespace spacewright
