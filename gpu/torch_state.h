// A network's numbers as LibTorch's tensors, which its modules share. Includes LibTorch.
//
// All parameters lie in one flat buffer, and so do gradients and momentum: the optimiser's step is one pass over three
// long vectors, however many layers there are. Convolutions' weights are channels last, as activations are.
#pragma once
#include "gpu/memory_full.h"
#include "core/network/state.h"
#include <ATen/ATen.h>
#include <map>

namespace spacewright {

class TorchState {
public:
    /// `state` holds initialState's names and shapes, in any order; throws Error else.
    TorchState(const std::vector<Layer>&, const std::vector<NamedArray>& state, const at::Device&);

    const std::vector<std::string>& parameters() const { return m_parameterNames; } ///< in order of the layers
    bool has(const std::string& name) const { return m_state.contains(name); }
    /// A parameter or a running statistic.
    const at::Tensor& value(const std::string& name) const { return m_state.at(name); }
    at::Tensor gradient(const std::string& parameter) const { return view(gradients, parameter); }
    /// The parameter's place in a buffer that is laid out as `values` is.
    at::Tensor view(const at::Tensor& flat, const std::string& parameter) const;

    std::vector<NamedArray> state() const;
    /// The arrays of a buffer that is laid out as `values` is.
    std::vector<NamedArray> arrays(const at::Tensor& flat) const;
    /// Throws Error when names or shapes are not those of the parameters.
    void loadMomentum(const std::vector<NamedArray>&);

    at::Tensor values, gradients, momentum; ///< flat, all parameters

private:
    struct Place {
        std::int64_t offset;
        std::vector<std::int64_t> shape;
    };
    std::vector<NamedArray> m_shapes; ///< in order of the layers, without values
    std::vector<std::string> m_parameterNames;
    std::map<std::string, Place> m_places;
    std::map<std::string, at::Tensor> m_state;
};

std::vector<float> hostValues(const at::Tensor&);

/// The caller's images, batch x size x size x channels, as a tensor of the host without a copy.
at::Tensor imageTensor(const float* images, int batch, const Layer& input);

/// Whether a library found no memory: cuDNN and cuBLAS tell it in words only.
bool isWantOfMemory(const c10::Error&);

/// Calls `work`; where LibTorch finds no memory, DeviceMemoryFull is thrown.
template <class Work>
auto withinMemory(Work work)
{
    try {
        return work();
    } catch (const c10::Error& problem) {
        if (isWantOfMemory(problem))
            throw DeviceMemoryFull();
        throw;
    }
}

} // namespace spacewright
