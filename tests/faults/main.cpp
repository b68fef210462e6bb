// Tests that break the system below SQLite do so before SQLite is used.
#include "faulty_system.h"
#include <gtest/gtest.h>

int main(int argc, char** argv)
{
    spacewright::faults::installFaultySystem();
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
