// Where the data sets that are known by name may lie.
#include "core/data/known_sets.h"
#include "core/data/idx.h"
#include "core/error.h"
#include <cstdlib>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

constexpr const char* fashionMnist = "fashion-mnist";

std::vector<fs::path> fashionMnistFolders()
{
    std::vector<fs::path> folders;
    if (const char* data = std::getenv("SPACEWRIGHT_DATA"); data && *data)
        folders.push_back(fs::path(data) / fashionMnist);
    if (const char* home = std::getenv("HOME"); home && *home)
        folders.push_back(fs::path(home) / ".local/share/spacewright" / fashionMnist);
    folders.push_back(fs::path("/usr/share/datasets") / fashionMnist);
    return folders;
}

} // namespace

bool isDataSetName(const std::string& text)
{
    return text == fashionMnist;
}

fs::path findDataSet(const std::string& nameOrPath, bool testOnly)
{
    if (!isDataSetName(nameOrPath))
        return nameOrPath;
    for (const fs::path& folder : fashionMnistFolders())
        if (missingIdx(folder, testOnly).empty())
            return folder;
    throw Error("The data set fashion-mnist is not on this machine; install it with "
                "`sudo apt install dataset-fashion-mnist`.");
}

std::vector<std::string> knownClassNames(const std::string& nameOrPath)
{
    if (!isDataSetName(nameOrPath))
        return {};
    return {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"};
}

} // namespace spacewright
