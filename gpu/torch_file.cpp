// Reads with LibTorch's own readers.
#include "gpu/torch_file.h"
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fstream>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/csrc/jit/serialization/pickle.h>

namespace spacewright {

namespace {

std::vector<float> values(const at::Tensor& tensor)
{
    const at::Tensor whole = tensor.contiguous();
    return {whole.data_ptr<float>(), whole.data_ptr<float>() + whole.numel()};
}

} // namespace

std::vector<NamedArray> readStateDict(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    const c10::IValue dictionary = torch::jit::pickle_load(bytes);
    std::vector<NamedArray> arrays;
    for (const auto& entry : dictionary.toGenericDict()) {
        const at::Tensor tensor = entry.value().toTensor();
        arrays.push_back({entry.key().toStringRef(), tensor.sizes().vec(), values(tensor)});
    }
    return arrays;
}

std::vector<float> torchScriptAnswers(const std::filesystem::path& path, const std::vector<float>& images,
                                      const std::vector<std::int64_t>& shape)
{
    const c10::NoGradGuard noGrad;
    torch::jit::Module network = torch::jit::load(path.string());
    const at::Tensor input = at::from_blob(const_cast<float*>(images.data()), shape, at::kFloat);
    return values(network.forward({input}).toTensor());
}

} // namespace spacewright
