// What the classes of a data set are called.
#include "core/data/class_names.h"
#include <array>

namespace spacewright {

namespace {

/// Xiao et al. 2017, table 1.
constexpr std::array<const char*, 10> fashionMnist{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                                                   "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};

} // namespace

std::vector<std::string> classNames(const std::string& dataSet, int classes)
{
    if (dataSet == "fashion-mnist" && classes == static_cast<int>(fashionMnist.size()))
        return {fashionMnist.begin(), fashionMnist.end()};
    std::vector<std::string> names;
    for (int i = 0; i < classes; ++i)
        names.push_back(std::to_string(i));
    return names;
}

} // namespace spacewright
