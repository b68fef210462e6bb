// Which of the system's refusals may pass, and words for exceptions.
#include "core/error.h"
#include <cerrno>
#include <new>

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

std::string sentenceOf(const std::exception& error)
{
    if (dynamic_cast<const std::bad_alloc*>(&error))
        return "There was not enough memory. Nothing that was recorded is lost. Close other programs or train fewer "
               "networks at once, then go on.";
    return error.what();
}

} // namespace spacewright
