// Networks that leave the program compute what they computed before, through every file that can be read again here.
#include "gpu/answers.h"
#include "core/exchange/exported_model.h"
#include "core/exchange/space_file.h"
#include "core/whole_file.h"
#include "tests/temporary_folder.h"
#include <gtest/gtest.h>
#include <cmath>
#include <fstream>

using namespace spacewright;

namespace {

/// Eight networks of all block types and stems, with running statistics that are not 0 and 1.
std::vector<ExportedModel> models()
{
    std::vector<ExportedModel> result;
    for (const Network& built : spaceFromNameOrFile(TEST_DATA "/eight_networks.json").networks) {
        Sample sample;
        sample.network = built;
        Weighted network{layers(built), {}};
        network.state = initialState(network.layers, Random(3, 1));
        Random random(3, 2);
        for (NamedArray& array : network.state)
            if (array.shape.size() == 1)
                for (float& value : array.values)
                    value = static_cast<float>(0.5 + random.uniform());
        result.push_back({.title = "Test", .sample = sample, .network = network});
        result.back().logits = answers(network, probeImage(built));
    }
    return result;
}

double difference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = 0, apart = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(double(a[i])));
        apart = std::max(apart, std::abs(double(a[i]) - b.at(i)));
    }
    return apart / largest;
}

TEST(Answers, areTheSameOnceTheNormsAreFolded)
{
    for (const ExportedModel& model : models()) {
        const Weighted small = folded(model.network);
        EXPECT_LT(small.layers.size(), model.network.layers.size());
        for (const Layer& layer : small.layers)
            EXPECT_NE(layer.op, Op::batchNorm);
        EXPECT_LT(difference(model.logits, answers(small, probeImage(model.sample.network))), 1e-5);
    }
}

TEST(Answers, areThoseOfEveryFileThatIsWritten)
{
    const test::Folder folder;
    for (const char* name : {"safetensors", "state_dict", "torchscript"})
        for (const ExportedModel& model : models()) {
            const ModelFormat& format = modelFormat(name);
            const auto path = folder / (std::string("model.") + format.ending);
            writeWhole(path, format.write(model));
            const std::vector<float> given =
                fileAnswers(path, {model.network.layers, {}}, probeImage(model.sample.network));
            EXPECT_LT(difference(model.logits, given), 1e-6) << name;
        }
}

} // namespace
