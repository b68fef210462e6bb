// Compiles programs when a batch of another size comes.
#include "gpu/compiled/compiled_module.h"
#include "gpu/compiled/network_program.h"
#include <omp.h>

namespace spacewright {

namespace {

using compiled::NetworkProgram;

class CompiledModule : public Module {
public:
    CompiledModule(std::vector<Layer> layers, const std::vector<NamedArray>& state, const ProductKernels& products)
        : m_layers(std::move(layers)), m_products(products), m_parameters(m_layers, state)
    {
    }

    Pass trainingPass(const float* images, const std::uint8_t* labels, int batch, double labelSmoothing) override
    {
        if (!m_training || m_training->images() != batch)
            m_training = program(NetworkProgram::Purpose::training, batch);
        const double loss = m_training->run(images, batch, labels, labelSmoothing);
        return {loss, logits(*m_training, batch)};
    }
    void update(double rate, double momentum, double weightDecay) override
    {
        m_parameters.update(rate, momentum, weightDecay);
    }
    std::vector<float> evaluate(const float* images, int batch) override
    {
        if (!m_evaluation || m_evaluation->images() < batch)
            m_evaluation = program(NetworkProgram::Purpose::evaluation, batch);
        m_evaluation->run(images, batch);
        return logits(*m_evaluation, batch);
    }
    std::vector<NamedArray> state() const override { return m_parameters.state(); }
    std::vector<NamedArray> gradients() const override { return m_parameters.gradients(); }
    std::vector<NamedArray> momentum() const override { return m_parameters.momentum(); }
    void loadMomentum(const std::vector<NamedArray>& arrays) override { m_parameters.loadMomentum(arrays); }

private:
    std::unique_ptr<NetworkProgram> program(NetworkProgram::Purpose purpose, int batch)
    {
        omp_set_num_threads(1); // oneDNN plans for as many threads as this thread would start
        return std::make_unique<NetworkProgram>(m_layers, m_parameters, m_products, purpose, batch);
    }
    std::vector<float> logits(const NetworkProgram& program, int batch) const
    {
        return {program.logits(), program.logits() + static_cast<std::ptrdiff_t>(batch) * m_layers.back().outWidth};
    }

    const std::vector<Layer> m_layers;
    const ProductKernels& m_products;
    compiled::Parameters m_parameters;
    std::unique_ptr<NetworkProgram> m_training, m_evaluation;
};

} // namespace

std::unique_ptr<Module> makeCompiledModule(std::vector<Layer> layers, const std::vector<NamedArray>& state,
                                           const ProductKernels& products)
{
    return std::make_unique<CompiledModule>(std::move(layers), state, products);
}

} // namespace spacewright
