// Lists the pictures of an image folder.
#include "core/data/picture_list.h"
#include "core/data/content_key.h"
#include "core/data/picture.h"
#include "core/error.h"
#include <algorithm>

namespace spacewright {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostClasses = 256; ///< a label is a byte

bool isHidden(const fs::path& path)
{
    return path.filename().string().starts_with('.');
}

std::vector<fs::path> foldersIn(const fs::path& root)
{
    std::vector<fs::path> folders;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(root, problem))
        if (entry.is_directory(problem) && !isHidden(entry.path()))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

bool isFolder(const fs::path& path)
{
    std::error_code problem;
    return fs::is_directory(path, problem);
}

bool hasPicture(const fs::path& folder)
{
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem))
        if (isNamedAsPicture(entry.path()))
            return true;
    return false;
}

class Lister {
public:
    explicit Lister(const fs::path& root) : m_root(root) {}

    void findClasses(const fs::path& folder)
    {
        for (const fs::path& path : foldersIn(folder))
            if (hasPicture(path))
                m_classNames.push_back(path.filename().string());
        const std::size_t count = m_classNames.size();
        if (count == 1)
            throw Error("The image folder " + folder.string() + " has only one class, " + m_classNames.front() +
                        "; put the pictures of each class into a folder of their own, at least two.");
        if (count < 2 || count > mostClasses)
            throw Error("The image folder " + folder.string() + " has " + std::to_string(count) +
                        " classes where 2 to " + std::to_string(mostClasses) + " are possible.");
    }

    std::vector<PictureList::Entry> pictures(const fs::path& folder)
    {
        std::vector<PictureList::Entry> entries;
        for (const fs::path& path : foldersIn(folder)) {
            const auto& names = m_classNames;
            const auto at = std::lower_bound(names.begin(), names.end(), path.filename().string());
            if (at != names.end() && *at == path.filename().string())
                addPictures(path, static_cast<std::uint8_t>(at - names.begin()), entries);
            else if (hasPicture(path))
                throw Error("The folder " + path.string() +
                            " is no class of the training images. Rename it, or put pictures of that class into " +
                            (m_root / "train").string() + ".");
        }
        return entries;
    }

    /// With the key of all that was listed.
    PictureList done(PictureList list)
    {
        list.classNames = m_classNames;
        list.others = m_others;
        list.key = m_key.text();
        return list;
    }

private:
    void addPictures(const fs::path& folder, std::uint8_t label, std::vector<PictureList::Entry>& entries)
    {
        std::vector<std::string> names;
        std::error_code problem;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
            if (isHidden(entry.path()) || !entry.is_regular_file(problem))
                continue;
            if (isNamedAsPicture(entry.path()))
                names.push_back(entry.path().lexically_relative(m_root).string());
            else
                ++m_others;
        }
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
            m_key.addFile(m_root / name, name);
            entries.push_back({name, label});
        }
    }

    const fs::path& m_root;
    std::vector<std::string> m_classNames;
    std::int64_t m_others = 0;
    ContentKey m_key;
};

} // namespace

bool holdsPictures(const fs::path& root)
{
    const std::vector<fs::path> folders = foldersIn(isFolder(root / "train") ? root / "train" : root);
    return std::any_of(folders.begin(), folders.end(), hasPicture);
}

PictureList listPictures(const fs::path& root)
{
    Lister lister(root);
    PictureList list;
    const bool inParts = isFolder(root / "train"), hasTest = isFolder(root / "test");
    const fs::path training = inParts ? root / "train" : root;
    lister.findClasses(training);
    list.training = lister.pictures(training);
    if (inParts && isFolder(root / "val"))
        (hasTest ? list.validation : list.test) = lister.pictures(root / "val");
    if (inParts && hasTest)
        list.test = lister.pictures(root / "test");
    return lister.done(std::move(list));
}

} // namespace spacewright
