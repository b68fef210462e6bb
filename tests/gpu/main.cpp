// The tests' program, which is also the helper process of the engines that it starts.
#include "gpu/isolated/helper.h"
#include <gtest/gtest.h>

int main(int argc, char* argv[])
{
    if (const std::optional<int> code = spacewright::helperMain(argc, argv))
        return *code;
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
