// A network's numbers as the compiled step wants them: flat buffers, in PyTorch's order within each array.
#pragma once
#include "core/network/state.h"
#include <map>

namespace spacewright::compiled {

class Parameters {
public:
    /// `state` holds initialState's names and shapes, in any order; throws Error else.
    Parameters(const std::vector<Layer>&, const std::vector<NamedArray>& state);
    Parameters(const Parameters&) = delete;
    Parameters& operator=(const Parameters&) = delete;

    float* value(const std::string& name) { return place(name, m_values); }
    float* gradient(const std::string& name) { return place(name, m_gradients); }
    float* runningStatistic(const std::string& name) { return place(name, m_statistics); }

    /// SGD with Nesterov momentum on all parameters.
    void update(double rate, double momentum, double weightDecay);

    std::vector<NamedArray> state() const;
    std::vector<NamedArray> gradients() const { return copies(m_gradients); }
    std::vector<NamedArray> momentum() const { return copies(m_momentum); }
    /// Throws Error when names or shapes are not those of `momentum()`.
    void loadMomentum(const std::vector<NamedArray>&);

private:
    using Flat = std::vector<float>;

    float* place(const std::string& name, Flat& flat) { return flat.data() + m_offsets.at(name); }
    NamedArray copy(const NamedArray& shape, const Flat&) const;
    std::vector<NamedArray> copies(const Flat&) const;

    std::vector<NamedArray> m_shapes;             ///< without values, in order of the layers
    std::map<std::string, std::size_t> m_offsets; ///< in m_statistics for running statistics, in the others else
    Flat m_values, m_gradients, m_momentum, m_statistics;
};

} // namespace spacewright::compiled
