// Built networks against what pycls computed: logits, loss, gradients, two optimiser steps, evaluation.
#include "gpu/verify.h"
#include "core/error.h"
#include "tests/temporary_folder.h"
#include <gtest/gtest.h>
#include <fstream>
#include <nlohmann/json.hpp>

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

/// Computed with as they are, each would read or write beyond an array.
TEST(Verify, refusesFilesWhoseArraysDoNotFitTheirNetwork)
{
    const test::Folder folder;
    const std::filesystem::path path = folder.path() / "golden.json";
    std::ifstream stream(TEST_DATA "/golden/basic.json");
    const auto golden = nlohmann::json::parse(stream);
    const auto refused = [&](const char* place, const nlohmann::json& value) {
        nlohmann::json file = golden;
        file.at(nlohmann::json::json_pointer(place)) = value;
        std::ofstream(path) << file;
        try {
            verifyGolden(path);
        } catch (const Error& error) {
            return std::string(error.what()).find("damaged") != std::string::npos;
        }
        return false;
    };
    EXPECT_FALSE(refused("/labels", {0, 1, 2, 3})); // as it is
    EXPECT_TRUE(refused("/labels", {0, 1, 2, 5}));
    EXPECT_TRUE(refused("/labels", {0, 1, 2}));
    EXPECT_TRUE(refused("/input/data", {0.5}));
    EXPECT_TRUE(refused("/input/shape", {4, 3, 9, 10}));
    EXPECT_TRUE(refused("/args/im_size", 32));
    EXPECT_TRUE(refused("/args/depths", {1, 2, 3}));
    EXPECT_TRUE(refused("/args/group_w", 0));
    EXPECT_TRUE(refused("/params0/stem.conv.weight/data", {0.5}));
    EXPECT_TRUE(refused("/steps/0/logits/data", {0.5}));
    EXPECT_TRUE(refused("/steps/0/grads/s1.b1.proj.weight/shape", {8, 8}));
    EXPECT_TRUE(refused("/eval_logits_after/data", nlohmann::json::array()));
}

} // namespace
