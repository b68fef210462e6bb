// Opens the training library when it is first needed: LibTorch takes half a second to load, a window must not.
#include "core/error.h"
#include "gpu/engine.h"
#include <dlfcn.h>

namespace spacewright {

namespace {

constexpr const char* libraryName = "libspacewright_training.so";

/// The programs' RUNPATH first, then beside the executable and in ../lib of it.
void* openLibrary()
{
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    std::string problem;
    for (const std::filesystem::path& path :
         {std::filesystem::path(libraryName), folder / libraryName, folder.parent_path() / "lib" / libraryName}) {
        if (path.is_absolute() && !std::filesystem::exists(path))
            continue;
        if (void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL))
            return library;
        problem = dlerror();
    }
    throw Error("The training library cannot be opened: " + problem +
                ". Studies can be looked at all the same; to train, install LibTorch (Debian: libtorch-dev) and build "
                "the program again.");
}

Training& open()
{
    void* library = openLibrary();
    const auto factory = reinterpret_cast<Training* (*)()>(dlsym(library, "spacewrightTraining"));
    if (!factory)
        throw Error(std::string("The training library ") + libraryName +
                    " is of another version than this program. Build or install both together.");
    return *factory();
}

} // namespace

Training& training()
{
    static Training& library = open();
    return library;
}

} // namespace spacewright
