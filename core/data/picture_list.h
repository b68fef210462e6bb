// Which pictures an image folder holds, before any is opened.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace spacewright {

struct PictureList {
    struct Entry {
        std::string name; ///< beneath the root
        std::uint8_t label;
    };
    std::vector<std::string> classNames;           ///< in alphabetical order, which is that of their labels
    std::vector<Entry> training, validation, test; ///< by class, then name
    std::int64_t others = 0;                       ///< files that are not named as pictures
    std::string key;                               ///< of all names, sizes and times of change
};

/// Whether some folder in it, or in its train/, holds a file that is named as a picture.
bool holdsPictures(const std::filesystem::path& root);

/// Throws Error when there are fewer than two classes, more than 256, or a class that is not in train/.
PictureList listPictures(const std::filesystem::path& root);

} // namespace spacewright
