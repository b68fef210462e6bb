// What a helper process says to its supervisor, and hears from it: it may be about to crash, so it may say anything.
#include "tests/fuzz/fuzz.h"
#include "gpu/isolated/wire.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    const auto tryTo = [](auto read) {
        try {
            read();
        } catch (const std::exception&) { // as wire.h says
        }
    };
    tryTo([&] {
        const auto words = wordsFrom(bytes);
        const std::string line = std::visit([](const auto& said) { return toLine(said); }, words);
        require(wordsFrom(line).index() == words.index(), "what was said can be said again");
    });
    tryTo([&] {
        const Orders orders = ordersFrom(bytes);
        require(ordersFrom(toLine(orders)) == orders, "orders that were written read the same");
    });
    tryTo([&] { optionsFrom(bytes); });
}

} // namespace spacewright::fuzz
