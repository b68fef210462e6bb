// The terminal program on what a model mistakes for what.
#include "program.h"
#include <gtest/gtest.h>

namespace {

using nlohmann::json;

TEST(CliConfusion, tellsWhatAModelMistakesForWhat)
{
    const Folder folder;
    const std::string study = inQuotes(folder / "a.study");
    ASSERT_EQ(cli("new " + study + " --space AnyNetX_A --constrain d=1:6 --flops 20k:400k --models 2 --data " +
                  inQuotes(folder.writeDataSet()) + " --training-images 256 --validation-images 64 --batch 32")
                  .code,
              0);
    ASSERT_EQ(cli("run " + study + " --workers 1 --device cpu --models 1").code, 0);
    const Result result = cli("confusion " + study + " --model 1 --worst 3 --json");
    ASSERT_EQ(result.code, 0) << result.err;
    const json confusion = result.json();
    EXPECT_EQ(confusion["images"], 64);
    EXPECT_EQ(confusion["classes"], json({"0", "1", "2", "3"}));
    int wrong = 0, all = 0;
    for (int truth = 0; truth < 4; ++truth)
        for (int answer = 0; answer < 4; ++answer) {
            all += confusion["matrix"][truth][answer].get<int>();
            wrong += truth == answer ? 0 : confusion["matrix"][truth][answer].get<int>();
        }
    EXPECT_EQ(all, 64);
    EXPECT_EQ(confusion["wrong"], wrong);
    EXPECT_EQ(confusion["worst"].size(), std::min(wrong, 3));
    EXPECT_NE(cli("confusion " + study + " --model 1").out.find("validation images are wrong"), std::string::npos);
    const Result untrained = cli("confusion " + study + " --model 2");
    EXPECT_EQ(untrained.code, 1);
    EXPECT_NE(untrained.err.find("Model 2 is waiting"), std::string::npos) << untrained.err;
}

} // namespace
