// What all Python files share.
#include "core/exchange/pytorch_code.h"
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>

namespace spacewright {

namespace {

constexpr const char* loader = R"(

def read_arrays(path):
    """The arrays of a .safetensors file, or of a .pth file, by this program's names."""
    if not path.endswith(".safetensors"):
        return torch.load(path, map_location="cpu", weights_only=True)
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin).reshape(entry["shape"])
        for name, entry in header.items()
        for begin, end in [entry["data_offsets"]]
    }


def rename(name):
    for pattern, replacement in RENAME:
        name = re.sub(pattern, replacement, name)
    return name


def load(path):
    """The trained network, ready for `network(images)`."""
    network = Network()
    wanted = network.state_dict()
    arrays = {rename(name): array for name, array in read_arrays(path).items()}
    # PyTorch counts a norm's batches as well; evaluation does not use that number.
    arrays.update({name: wanted[name] for name in wanted if name.endswith("num_batches_tracked")})
    network.load_state_dict(arrays)
    return network.eval()


def check(path=None):
    """Compares with what the exporting program counted and, given the weights, computed."""
    network = load(path) if path else Network().eval()
    params = sum(p.numel() for p in network.parameters())
    assert params == PARAMS, f"{params} parameters instead of {PARAMS}"
    count = CHANNELS * SIZE * SIZE
    image = (torch.arange(count) * 37 % 101).float() / 50 - 1
    with torch.no_grad():
        logits = network(image.reshape(1, CHANNELS, SIZE, SIZE))[0]
    assert logits.shape == (CLASSES,)
    if path and LOGITS:
        expected = torch.tensor(LOGITS)
        difference = ((logits - expected).abs().max() / expected.abs().max()).item()
        assert difference < 1e-4, f"the logits differ by {difference:.1e} of the largest"
        print(f"{params} parameters; the logits differ by {difference:.1e} of the largest.")
    else:
        print(f"{params} parameters; give the file of the weights to check the logits too.")


if __name__ == "__main__":
    check(*sys.argv[1:2])
)";

} // namespace

std::string pythonList(const std::vector<double>& values)
{
    std::string text;
    for (const double value : values) {
        const bool whole = value == std::trunc(value) && std::abs(value) < 1e9;
        text += (text.empty() ? "" : ", ") + (whole ? std::to_string(std::lrint(value)) : nlohmann::json(value).dump());
    }
    return "[" + text + "]";
}

std::string pythonHeader(const ExportedModel& model, const std::string& imports, const std::string& remarks)
{
    const Network& n = model.sample.network;
    const Complexity& c = model.sample.complexity;
    const auto list = [](const std::vector<float>& v) { return pythonList({v.begin(), v.end()}); };
    std::int64_t parameters = 0; // fewer once the norms are folded
    for (const NamedArray& array : stateShapes(model.network.layers))
        if (!isRunningStatistic(array.name))
            parameters += std::accumulate(array.shape.begin(), array.shape.end(), std::int64_t(1), std::multiplies());
    std::string text = "\"\"\"" + model.title + ", written by Spacewright.\n\n" + std::to_string(c.flops) +
                       " multiply-adds, " + std::to_string(c.params) + " parameters and " +
                       std::to_string(c.activations) + " activations at " + std::to_string(n.inputChannels) + " x " +
                       std::to_string(n.resolution) + " x " + std::to_string(n.resolution) + ".\n" + remarks +
                       "Images are floats, batch x CHANNELS x SIZE x SIZE, and enter as (pixel / 255 - MEAN) / "
                       "DEVIATION.\nRun this file, with the weights' path if you like, to check it.\n\"\"\"\n\n"
                       "import json\nimport re\nimport struct\nimport sys\nfrom collections import OrderedDict\n\n"
                       "import torch\nfrom torch import nn\n" +
                       imports;
    text += "\nCHANNELS, SIZE, CLASSES = " + std::to_string(n.inputChannels) + ", " + std::to_string(n.resolution) +
            ", " + std::to_string(n.classes) + "\n";
    text += "MEAN, DEVIATION = " + list(model.input.mean) + ", " + list(model.input.deviation) + "\n";
    text += "PARAMS = " + std::to_string(parameters) + "\n";
    text += "LOGITS = " + list(model.logits) + "  # of the image that check() makes\n";
    return text;
}

std::string pythonFooter(const std::string& rules)
{
    return "\n\n# This program's (and pycls') names of arrays become those of the network.\nRENAME = [" + rules +
           "]\n" + loader;
}

} // namespace spacewright
