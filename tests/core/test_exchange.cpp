// Networks and spaces as text: what is written is read back, and what is wrong is named.
#include "core/error.h"
#include "core/exchange/network_json.h"
#include "core/exchange/pycls_yaml.h"
#include "core/exchange/space_file.h"
#include "tests/core/reference_networks.h"
#include <sstream>

using namespace spacewright;

namespace {

Sample sampleOf(const test::ReferenceNetwork& r)
{
    return {.index = 0, .network = r.network, .complexity = r.expected, .regNet = r.regNet};
}

std::string readText(const std::string& name)
{
    std::ifstream file(std::string(TEST_DATA) + "/" + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

template <class Function>
std::string sentence(Function function)
{
    try {
        function();
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST(NetworkJson, readsWhatItWrites)
{
    for (const auto& r : test::referenceNetworks()) {
        const Sample read = sampleFrom(toJson(sampleOf(r)));
        EXPECT_EQ(read.network, r.network) << r.name;
        EXPECT_EQ(read.complexity, r.expected) << r.name;
        EXPECT_EQ(read.regNet, r.regNet) << r.name;
    }
}

TEST(NetworkJson, namesTheFieldThatIsWrong)
{
    auto j = nlohmann::json::parse(toJson(sampleOf(test::referenceNetworks()[3])));
    const auto with = [&](const char* name, const nlohmann::json& value) {
        auto changed = j;
        changed[name] = value;
        return sentence([&] { sampleFrom(changed.dump()); });
    };
    EXPECT_NE(with("widths", "wide").find("\"widths\""), std::string::npos);
    EXPECT_NE(with("widths", {8, 16}).find("\"widths\""), std::string::npos);
    EXPECT_NE(with("classes", 10.5).find("\"classes\""), std::string::npos);
    EXPECT_NE(with("classes", 1e99).find("\"classes\""), std::string::npos);
    EXPECT_NE(with("group_widths", {7, 7, 7, 7}).find("group width"), std::string::npos);
    EXPECT_NE(sentence([] { sampleFrom("{\"depths\": [1"); }).find("valid JSON"), std::string::npos);
}

TEST(SpaceFile, readsWhatItWrites)
{
    for (const Space& s : namedSpaces())
        EXPECT_EQ(spaceFromText(toText(s)), s) << s.name;
}

TEST(SpaceFile, readsYamlWithDefaults)
{
    const Space s = spaceFromText("name: mine\n"
                                  "stages: 3\n"
                                  "network: {stem: res_stem_cifar, stem_width: 16, resolution: 32, classes: 10}\n"
                                  "width: {low: 16, high: 256}\n"
                                  "constraints: [shared b, 'flops=1M:8M']\n");
    EXPECT_EQ(s.stages, 3);
    EXPECT_EQ(s.prototype.stem, StemType::cifar);
    EXPECT_EQ(s.width, (Distribution{Distribution::Kind::logUniform, 16, 256, 8}));
    EXPECT_EQ(s.constraints.size(), 2u);
    EXPECT_EQ(draw(s, 1, 5).samples.size(), 5u);
}

TEST(SpaceFile, namesTheFieldThatIsWrong)
{
    const std::pair<const char*, const char*> rows[] = {
        {"nme: x", "\"nme\""},
        {"stages: four", "\"stages\""},
        {"width: {low: 64, hi: 8}", "\"hi\""},
        {"width: {low: 64, high: 8}", "range"},
        {"constraints: [wider]", "wider"},
        {"family: resnet", "resnet"},
        {"w_m: {low: 2}", "\"w_m\""},
        {"network: {stem: big}", "\"big\""},
        {"name: [", "line"},
        {"just text", "name: value"},
    };
    for (const auto& [text, named] : rows) {
        const std::string words = sentence([&, t = text] { spaceFromText(t); });
        EXPECT_NE(words.find(named), std::string::npos) << text << " -> " << words;
    }
}

TEST(SpaceFile, refusesAliasesThatExplode)
{
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string name = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 10; ++k)
            bomb += name + (k < 9 ? ", " : "]\n");
    }
    EXPECT_NE(sentence([&] { spaceFromText(bomb); }).find("too large"), std::string::npos);
}

TEST(SpaceFile, refusesAliasesOfALongTextAndWhatIsNoText)
{
    std::string text = "a: &a " + std::string(1'000'000, 'x') + "\nb: [*a";
    for (int i = 0; i < 1000; ++i)
        text += ", *a"; // a gigabyte
    EXPECT_NE(sentence([&] { spaceFromText(text + "]"); }).find("grows too large"), std::string::npos);
    EXPECT_NE(sentence([] { spaceFromText("name: caf\xE9"); }).find("no UTF-8"), std::string::npos);
}

TEST(PyclsYaml, writesWhatPyclsWouldBuild)
{
    for (const auto& r : test::referenceNetworks()) {
        if (r.network.block == BlockType::mbconv)
            continue; // pycls has these under another type, which is only read
        const std::string yaml = toPyclsYaml(sampleOf(r), Recipe{});
        const Sample read = sampleFromPyclsYaml(yaml);
        EXPECT_EQ(read.network, r.network) << r.name << "\n" << yaml;
        // RegNetX-8.0GF and others come back as the RegNet they are.
        EXPECT_EQ(read.regNet.has_value(), r.regNet.has_value()) << r.name;
    }
}

TEST(PyclsYaml, refusesBlocksThatPyclsDoesNotKnow)
{
    EXPECT_THROW(toPyclsYaml(draw(namedSpace("RegNetVR"), 1, 1).samples[0], {}), Error);
}

TEST(PyclsYaml, writesNumbersAsAPersonWould)
{
    const std::string yaml = toPyclsYaml(sampleOf(test::referenceNetworks()[3]), Recipe{});
    EXPECT_NE(yaml.find("BASE_LR: 0.05\n"), std::string::npos) << yaml;
    EXPECT_NE(yaml.find("WA: 34.01\n"), std::string::npos) << yaml;
    EXPECT_NE(yaml.find("WEIGHT_DECAY: 5.0e-05\n"), std::string::npos) << yaml;
    EXPECT_NE(yaml.find("BOT_MUL: 1.0\n"), std::string::npos) << yaml;
}

TEST(PyclsYaml, readsTheAuthorsJobFile)
{
    const Sample s = sampleFromPyclsYaml(readText("pycls_job.yaml"));
    ASSERT_EQ(s.network.stages.size(), 2u);
    EXPECT_EQ(s.network.stages[1].width, 64);
    EXPECT_EQ(s.network.stages[1].depth, 4);
    EXPECT_EQ(s.network.seRatio, 0.25);
    EXPECT_EQ(s.network.resolution, 32);
}

TEST(PyclsYaml, readsResNetsAndEfficientNets)
{
    const auto references = test::referenceNetworks();
    const auto expected = [&](const std::string& name) {
        return std::find_if(references.begin(), references.end(), [&](const auto& r) { return r.name == name; })
            ->expected;
    };
    EXPECT_EQ(sampleFromPyclsYaml("MODEL: {TYPE: resnet, DEPTH: 50, NUM_CLASSES: 1000}\n"
                                  "RESNET: {TRANS_FUN: bottleneck_transform, STRIDE_1X1: False}\n"
                                  "TRAIN: {DATASET: imagenet, IM_SIZE: 224}\n")
                  .complexity,
              expected("ResNet-50"));
    EXPECT_EQ(sampleFromPyclsYaml(
                  "MODEL: {TYPE: resnet, DEPTH: 50, NUM_CLASSES: 1000}\n"
                  "RESNET: {TRANS_FUN: bottleneck_transform, STRIDE_1X1: False, NUM_GROUPS: 32, WIDTH_PER_GROUP: 4}\n"
                  "TRAIN: {DATASET: imagenet, IM_SIZE: 224}\n")
                  .complexity,
              expected("ResNeXt-50"));
    EXPECT_EQ(
        sampleFromPyclsYaml("MODEL: {TYPE: effnet, NUM_CLASSES: 1000, ACTIVATION_FUN: silu}\n"
                            "EN: {STEM_W: 32, DEPTHS: [1, 2, 2, 3, 3, 4, 1], WIDTHS: [16, 24, 40, 80, 112, 192, 320],\n"
                            "     EXP_RATIOS: [1, 6, 6, 6, 6, 6, 6], KERNELS: [3, 3, 5, 3, 5, 5, 3],\n"
                            "     STRIDES: [1, 2, 2, 2, 1, 2, 1], HEAD_W: 1280, SE_R: 0.25}\n"
                            "TRAIN: {DATASET: imagenet, IM_SIZE: 224}\n")
            .complexity,
        expected("EfficientNet-B0"));
}

TEST(PyclsYaml, namesTheKeyThatIsWrong)
{
    const std::pair<const char*, const char*> rows[] = {
        {"MODEL: {TYPE: vit}", "vit"},
        {"MODEL: {}", "\"TYPE\""},
        {"MODEL: {TYPE: anynet}", "\"DEPTHS\""},
        {"MODEL: {TYPE: anynet}\nANYNET: {DEPTHS: [1, 2], WIDTHS: [8], STRIDES: [2, 2]}", "\"WIDTHS\""},
        {"MODEL: {TYPE: regnet}\nREGNET: {WM: 1}", "w_m"},
        {"MODEL: {TYPE: anynet}\nANYNET: {DEPTHS: [1], WIDTHS: [24], STRIDES: [2], GROUP_WS: [16]}", "group width"},
        {"MODEL: 3", "MODEL"},
    };
    for (const auto& [text, named] : rows) {
        const std::string words = sentence([&, t = text] { sampleFromPyclsYaml(t); });
        EXPECT_NE(words.find(named), std::string::npos) << text << " -> " << words;
    }
}
