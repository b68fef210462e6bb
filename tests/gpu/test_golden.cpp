// Built networks against what pycls computed: logits, loss, gradients, two optimiser steps, evaluation.
#include "gpu/verify.h"
#include "core/error.h"
#include <gtest/gtest.h>

using namespace spacewright;

namespace {

constexpr double bound = 2e-5; // relative to the largest entry of each tensor

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, isReproduced)
{
    const GoldenErrors errors = verifyGolden(std::string(TEST_DATA "/golden/") + GetParam() + ".json");
    EXPECT_LE(errors.logits, bound);
    EXPECT_LE(errors.loss, bound);
    EXPECT_LE(errors.gradients, bound);
    EXPECT_LE(errors.state, bound);
    EXPECT_TRUE(errors.complexity);
}

INSTANTIATE_TEST_SUITE_P(Networks, Golden, testing::Values("basic", "regnetx_tiny", "regnety_tiny"),
                         [](const auto& info) { return info.param; });

TEST(Verify, refusesAMissingFileAndAForeignOne)
{
    EXPECT_THROW(verifyGolden("no/such/file.json"), Error);
    EXPECT_THROW(verifyGolden(TEST_DATA "/complexity.json"), Error);
}

} // namespace
