// Computes with LibTorch, not with the compiled step: an answer that does not depend on what is to be checked.
#include "gpu/answers.h"
#include "core/error.h"
#include "core/exchange/safetensors.h"
#include "core/network/folding.h"
#include "gpu/module.h"
#include "gpu/torch_file.h"

namespace spacewright {

namespace {

int countOf(const std::vector<float>& images, const Layer& input)
{
    return static_cast<int>(images.size() / (static_cast<std::size_t>(input.outWidth) * input.outSize * input.outSize));
}

std::vector<float> channelsLast(const std::vector<float>& images, const Layer& input)
{
    const std::size_t channels = input.outWidth, area = static_cast<std::size_t>(input.outSize) * input.outSize;
    std::vector<float> result(images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        const std::size_t image = i / (channels * area), channel = i / area % channels, pixel = i % area;
        result[(image * area + pixel) * channels + channel] = images[i];
    }
    return result;
}

} // namespace

std::vector<float> answers(const Weighted& network, const std::vector<float>& images)
{
    const Layer& input = network.layers.front();
    return makeModule(network.layers, network.state, {"cpu", true})
        ->evaluate(channelsLast(images, input).data(), countOf(images, input));
}

std::vector<float> fileAnswers(const std::filesystem::path& path, const Weighted& network,
                               const std::vector<float>& images)
{
    const Layer& input = network.layers.front();
    if (path.extension() == ".pt")
        return torchScriptAnswers(path, images, {countOf(images, input), input.outWidth, input.outSize, input.outSize});
    const std::vector<NamedArray> state =
        path.extension() == ".pth" ? readStateDict(path) : loadCheckpoint(path, network.layers).arrays;
    return answers({network.layers, state}, images);
}

} // namespace spacewright
