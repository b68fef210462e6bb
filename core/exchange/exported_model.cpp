// The table of formats.
#include "core/exchange/exported_model.h"
#include "core/error.h"
#include "core/exchange/library_code.h"
#include "core/exchange/network_json.h"
#include "core/exchange/onnx.h"
#include "core/exchange/pycls_yaml.h"
#include "core/exchange/pytorch_code.h"
#include "core/exchange/safetensors.h"
#include "core/exchange/state_dict.h"
#include "core/exchange/torchscript.h"
#include <algorithm>

namespace spacewright {

namespace {

std::string pyclsJob(const ExportedModel& model)
{
    return toPyclsYaml(model.sample, model.recipe);
}

std::string description(const ExportedModel& model)
{
    return toJson(model.sample) + "\n";
}

std::string weights(const ExportedModel& model)
{
    const auto list = [](const std::vector<float>& v) { return pythonList({v.begin(), v.end()}); };
    return toSafetensors({{{"title", model.title},
                           {"network", toJson(model.sample)},
                           {"mean", list(model.input.mean)},
                           {"deviation", list(model.input.deviation)}},
                          model.network.state});
}

} // namespace

std::vector<float> probeImage(const Network& network)
{
    std::vector<float> image(static_cast<std::size_t>(network.inputChannels) * network.resolution * network.resolution);
    for (std::size_t i = 0; i < image.size(); ++i)
        image[i] = static_cast<float>(i * 37 % 101) / 50 - 1;
    return image;
}

const std::vector<ModelFormat>& modelFormats()
{
    static const std::vector<ModelFormat> table{
        {"pycls", "yaml", "a job of the authors' code", false, false, pyclsJob},
        {"json", "json", "this program's description of the network", false, false, description},
        {"pytorch", "py", "one file of plain torch.nn", false, true, toPyTorchCode},
        {"torchvision", "py", "torchvision's RegNet with explicit stages", false, false, toTorchvisionCode},
        {"timm", "py", "timm's RegNet with explicit stages", false, false, toTimmCode},
        {"safetensors", "safetensors", "weights without code", true, true, weights},
        {"state_dict", "pth", "weights as torch.load reads them", true, true, toStateDict},
        {"torchscript", "pt", "network and weights for LibTorch", true, true, toTorchScript},
        {"onnx", "onnx", "network and weights for ONNX runtimes, opset 17", true, true, toOnnx},
        {"libtorch", "cpp", "a C++ program that runs the TorchScript file", false, false, toLibTorchCode},
    };
    return table;
}

const ModelFormat& modelFormat(const std::string& name)
{
    std::string names;
    for (const ModelFormat& format : modelFormats()) {
        if (format.name == name)
            return format;
        names += (names.empty() ? "" : ", ") + std::string(format.name);
    }
    throw Error("There is no format \"" + name + "\". Choose one of " + names + ".");
}

} // namespace spacewright
