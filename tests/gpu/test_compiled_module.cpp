// The compiled step against LibTorch.
#include "gpu/device.h"
#include "module_agreement.h"
#include <gtest/gtest.h>

using namespace spacewright;
using namespace spacewright::agreement;

namespace {

class CompiledModule : public testing::TestWithParam<Case> {
protected:
    static void SetUpTestSuite() { computeOnOneThread(); }
};

TEST_P(CompiledModule, agreesWithLibTorch)
{
    const Worst worst =
        disagreement(GetParam(), [](const auto& layers, const auto& state) { return makeModule(layers, state, {}); });
    EXPECT_LE(worst.difference, bound) << worst.where;
}

INSTANTIATE_TEST_SUITE_P(Networks, CompiledModule, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

TEST(CompiledModuleAlone, takesBatchesOfAnySizeInAnyOrder)
{
    computeOnOneThread();
    const std::vector<Layer> list = layers(small());
    const std::vector<NamedArray> start = initialState(list, Random(1, 1));
    const Batch batch(small(), 9, 1);
    const auto one = makeModule(list, start, {}), other = makeModule(list, start, {});
    one->trainingPass(batch.images.data(), batch.labels.data(), 9, 0);
    one->trainingPass(batch.images.data(), batch.labels.data(), 4, 0);
    other->evaluate(batch.images.data(), 2);
    other->trainingPass(batch.images.data(), batch.labels.data(), 9, 0);
    other->evaluate(batch.images.data(), 9);
    other->trainingPass(batch.images.data(), batch.labels.data(), 4, 0);
    EXPECT_EQ(one->gradients(), other->gradients());
    EXPECT_EQ(one->state(), other->state());
    EXPECT_EQ(one->evaluate(batch.images.data(), 5), other->evaluate(batch.images.data(), 5));
}

} // namespace
