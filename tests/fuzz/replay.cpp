// Takes libFuzzer's place where the compiler has none: reads each input of a target's corpus once.
#include "tests/fuzz/fuzz.h"
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <vector>

int main(int argumentCount, char** arguments)
{
    std::vector<std::filesystem::path> inputs;
    for (int i = 1; i < argumentCount; ++i)
        for (const auto& entry : std::filesystem::directory_iterator(arguments[i]))
            inputs.push_back(entry.path());
    std::sort(inputs.begin(), inputs.end());
    for (const std::filesystem::path& input : inputs) {
        std::printf("%s\n", input.c_str());
        std::fflush(stdout); // a crash must leave the name
        std::stringstream bytes;
        bytes << std::ifstream(input, std::ios::binary).rdbuf();
        spacewright::fuzz::readInput(bytes.str());
    }
    std::printf("%zu inputs.\n", inputs.size());
    return inputs.empty();
}
