// Writes the code for torchvision, timm and LibTorch.
#include "core/exchange/library_code.h"
#include "core/error.h"
#include "core/exchange/pytorch_code.h"
#include <nlohmann/json.hpp>
#include <algorithm>

namespace spacewright {

namespace {

template <class Value>
std::string perStage(const Network& n, Value value)
{
    std::vector<double> values;
    for (const Stage& s : n.stages)
        values.push_back(value(s));
    return pythonList(values);
}

/// Both libraries know the bottleneck of RegNet alone.
void refuseOthers(const Network& n, const std::string& library)
{
    std::string reason;
    if (n.block != BlockType::bottleneck)
        reason = "no block \"" + toText(n.block) + "\"";
    else if (std::any_of(n.stages.begin(), n.stages.end(), [](const Stage& s) { return s.kernel != 3; }))
        reason = "no kernel but 3x3";
    if (!reason.empty())
        throw Error(library + "'s RegNet has " + reason + ". Write this network as pytorch instead.");
}

/// A stem unlike the libraries' 3x3 of stride 2; `assign` wraps the layers.
std::string stem(const Network& n, const std::string& assign)
{
    const bool large = n.stem == StemType::residual;
    const std::string stride = n.stem == StemType::cifar ? "1" : "2";
    const std::string activation = n.activation == Activation::silu ? "nn.SiLU()" : "nn.ReLU()";
    return "        stem = OrderedDict(conv=nn.Conv2d(CHANNELS, " + std::to_string(n.stemWidth) + ", " +
           (large ? "7, 2, 3" : "3, " + stride + ", 1") + ", bias=False), bn=nn.BatchNorm2d(" +
           std::to_string(n.stemWidth) + "), af=" + activation + ")\n" +
           (large ? "        stem.update(pool=nn.MaxPool2d(3, 2, 1))\n" : "") + "        self.stem = nn.Sequential(" +
           assign + ")\n";
}

std::string remarks(const ExportedModel& model, Library library, const char* name)
{
    const std::string statement = shortFormStatement(model.sample, library);
    if (statement.empty())
        return "";
    return std::string("What ") + name + " makes of (d, w_0, w_a, w_m) alone, against this network: " + statement +
           ".\n";
}

constexpr const char* torchvisionRules = R"(
    (r"^stem\.conv\.", "stem.0."),
    (r"^stem\.bn\.", "stem.1."),
    (r"^head\.fc\.", "fc."),
    (r"^s(\d+)\.b(\d+)\.", lambda m: f"trunk_output.block{m[1]}.block{m[1]}-{int(m[2]) - 1}."),
    (r"-(\d+)\.proj\.", r"-\1.proj.0."),
    (r"-(\d+)\.bn\.", r"-\1.proj.1."),
    (r"\.f\.([abc])\.weight$", r".f.\1.0.weight"),
    (r"\.f\.([abc])_bn\.", r".f.\1.1."),
    (r"\.f_ex\.0\.", ".fc1."),
    (r"\.f_ex\.2\.", ".fc2."),
)";

constexpr const char* timmRules = R"(
    (r"^head\.(conv|bn)\.", r"final_conv.\1."),
    (r"\.proj\.", ".downsample.conv."),
    (r"\.b(\d+)\.bn\.", r".b\1.downsample.bn."),
    (r"\.f\.([abc])(_bn)?\.", lambda m: f".conv{'abc'.index(m[1]) + 1}.{'bn' if m[2] else 'conv'}."),
    (r"\.f\.se\.f_ex\.0\.", ".se.fc1."),
    (r"\.f\.se\.f_ex\.2\.", ".se.fc2."),
)";

} // namespace

std::string toTorchvisionCode(const ExportedModel& model)
{
    const Network& n = model.sample.network;
    refuseOthers(n, "torchvision");
    if (n.headWidth > 0)
        throw Error("torchvision's RegNet has no convolution before the pooling. Write this network as pytorch or timm "
                    "instead.");
    std::string text = pythonHeader(model, "from torchvision.models.regnet import BlockParams, RegNet\n",
                                    remarks(model, Library::torchvision, "torchvision"));
    text += "\n\nclass Network(RegNet):\n    def __init__(self):\n        stages = BlockParams(\n";
    text += "            depths=" + perStage(n, [](const Stage& s) { return s.depth; }) + ",\n";
    text += "            widths=" + perStage(n, [](const Stage& s) { return s.width; }) + ",\n";
    text += "            group_widths=" + perStage(n, [](const Stage& s) { return s.groupWidth; }) + ",\n";
    text += "            bottleneck_multipliers=" + perStage(n, [](const Stage& s) { return 1 / s.bottleneckRatio; }) +
            ",\n";
    text += "            strides=" + perStage(n, [](const Stage& s) { return s.stride; }) + ",\n";
    text += "            se_ratio=" + (n.seRatio > 0 ? nlohmann::json(n.seRatio).dump() : "None") + ",\n        )\n";
    text += "        super().__init__(stages, CLASSES, stem_width=" + std::to_string(n.stemWidth) +
            (n.activation == Activation::silu ? ", activation=nn.SiLU)\n" : ")\n");
    if (n.stem != StemType::simple || n.inputChannels != 3)
        text += stem(n, "*stem.values()");
    return text + pythonFooter(torchvisionRules);
}

std::string toTimmCode(const ExportedModel& model)
{
    const Network& n = model.sample.network;
    refuseOthers(n, "timm");
    if (n.stages.size() > 4)
        throw Error("timm's RegNet has four stages, and this network has " + std::to_string(n.stages.size()) +
                    ". Write it as pytorch or torchvision instead.");
    std::string text = pythonHeader(model, "from timm.models.regnet import RegNet, RegNetCfg\n",
                                    remarks(model, Library::timm, "timm"));
    text += "\n\nclass Network(RegNet):\n    def __init__(self):\n        cfg = RegNetCfg(stem_width=" +
            std::to_string(n.stemWidth) + ", se_ratio=" + nlohmann::json(n.seRatio).dump() +
            ", num_features=" + std::to_string(n.headWidth) + ", act_layer=\"" + toText(n.activation) + "\")\n";
    text += "        super().__init__(cfg, in_chans=CHANNELS, num_classes=CLASSES)\n";
    for (std::size_t missing = n.stages.size() + 1; missing <= 4; ++missing)
        text += "        self.s" + std::to_string(missing) + " = nn.Identity()\n";
    if (n.stem != StemType::simple)
        text += stem(n, "stem");
    text +=
        "\n    def _get_stage_args(self, cfg, **ignored):\n"
        "        \"\"\"These stages instead of those that (d, w_0, w_a, w_m) would make.\"\"\"\n        stages = [\n";
    for (const Stage& s : n.stages)
        text += "            dict(out_chs=" + std::to_string(s.width) + ", stride=" + std::to_string(s.stride) +
                ", dilation=1, depth=" + std::to_string(s.depth) +
                ", bottle_ratio=" + nlohmann::json(1 / s.bottleneckRatio).dump() +
                ", group_size=" + std::to_string(s.groupWidth) + ", drop_path_rates=[0.0] * " +
                std::to_string(s.depth) + "),\n";
    if (n.stages.size() < 4)
        text += "        ]\n        # timm insists on four; the others are taken out again.\n"
                "        stages += [dict(stages[-1], stride=1, depth=1)] * (4 - len(stages))\n";
    else
        text += "        ]\n";
    text += "        common = dict(downsample=\"conv1x1\", se_ratio=cfg.se_ratio, linear_out=False)\n"
            "        return stages, dict(common, act_layer=cfg.act_layer, norm_layer=cfg.norm_layer)\n";
    return text + pythonFooter(timmRules);
}

std::string toLibTorchCode(const ExportedModel& model)
{
    const Network& n = model.sample.network;
    const std::string shape =
        std::to_string(n.inputChannels) + ", " + std::to_string(n.resolution) + ", " + std::to_string(n.resolution);
    std::string logits;
    for (const float value : model.logits)
        logits += (logits.empty() ? "" : ", ") + nlohmann::json(value).dump();
    return "// " + model.title + R"(, in C++: build with LibTorch, run with the path of the TorchScript file.
//   find_package(Torch REQUIRED)
//   add_executable(classify classify.cpp)
//   target_link_libraries(classify ${TORCH_LIBRARIES})
#include <torch/script.h>
#include <iostream>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "Usage: classify NETWORK.pt\n";
        return 2;
    }
    torch::jit::Module network = torch::jit::load(argv[1]);
    torch::NoGradGuard noGrad;
    // Images are (pixel / 255 - mean) / deviation; this one has known answers.
    const auto images = (torch::arange()" +
           std::to_string(n.inputChannels * n.resolution * n.resolution) +
           R"().mul(37).remainder(101).to(torch::kFloat) / 50 - 1).reshape({1, )" + shape + R"(});
    const torch::Tensor logits = network.forward({images}).toTensor()[0];
    std::cout << "Class " << logits.argmax().item<int64_t>() << '\n';
    const std::vector<float> known{)" +
           logits + R"(};
    if (known.empty())
        return 0;
    const auto expected = torch::tensor(known);
    const double difference = ((logits - expected).abs().max() / expected.abs().max()).item<double>();
    std::cout << "The logits differ by " << difference << " of the largest.\n";
    return difference < 1e-4 ? 0 : 1;
}
)";
}

} // namespace spacewright
