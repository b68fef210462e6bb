// What is measured, in words.
#include "core/figures/quantity.h"
#include <algorithm>
#include <cctype>
#include <map>

namespace spacewright {
namespace {

const std::map<std::string, Quantity>& quantities()
{
    static const std::map<std::string, Quantity> table{
        {"d", {"depth d", "blocks"}},
        {"w", {"width w", "channels"}},
        {"b", {.name = "bottleneck ratio b", .isPowerOfTwo = true}},
        {"g", {.name = "group width g", .unit = "channels", .isPowerOfTwo = true}},
        {"w_0", {"initial width w_0", "channels"}},
        {"w_a", {"slope w_a", "channels per block"}},
        {"w_m", {"width multiplier w_m", ""}},
        {"flops", {"flops", "multiply-adds", true}},
        {"params", {"parameters", "", true}},
        {"acts", {"activations", "", true}},
        {"rate", {.name = "learning rate", .isLogUniform = true}},
        {"weight_decay", {.name = "weight decay", .isLogUniform = true}},
        {"seconds", {"training time", "s"}},
        {"images_per_second", {"training speed", "images/s"}},
        {"error", {"error", "%"}},
        {"edf", {"share of models", ""}},
    };
    return table;
}

} // namespace

Quantity quantityOf(const std::string& name)
{
    const auto whole = quantities().find(name);
    if (whole != quantities().end())
        return whole->second;
    const std::string stage = name.substr(std::min<std::size_t>(1, name.size()));
    const bool isStage =
        !stage.empty() && std::all_of(stage.begin(), stage.end(), [](unsigned char c) { return std::isdigit(c); });
    const auto base = quantities().find(name.substr(0, 1));
    if (!isStage || base == quantities().end())
        return {.name = name};
    Quantity quantity = base->second;
    quantity.name += stage + " of stage " + stage;
    return quantity;
}

std::string titleOf(const Quantity& quantity)
{
    return quantity.unit.empty() ? quantity.name : quantity.name + " (" + quantity.unit + ")";
}

} // namespace spacewright
