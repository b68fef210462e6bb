// Primitives are made at the first run for a number of images, on the thread that runs them: oneDNN keeps its scratch
// memory per thread. Weights go into the order that the primitive likes best, once per pass.
#include "gpu/compiled/onednn_convolution.h"
#include <dnnl.hpp>
#include <map>
#include <memory>

namespace spacewright::compiled {

namespace {

using dnnl::memory;
using Descriptor = memory::desc;

const dnnl::engine& engine()
{
    static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
    return cpu;
}

/// oneDNN 2 wants an operation's description first, oneDNN 3 all at once. `hint` is nothing or the forward's
/// description.
template <class Primitive, class First, class... Hint>
typename Primitive::primitive_desc describe(const Layer& layer, First first, const Descriptor& a, const Descriptor& b,
                                            const Descriptor& c, const Hint&... hint)
{
    const std::int64_t pad = (layer.kernel - 1) / 2;
    const std::int64_t after = (layer.outSize - 1) * layer.stride + layer.kernel - layer.inSize - pad;
    const memory::dims strides{layer.stride, layer.stride}, before{pad, pad}, behind{after, after};
    const auto direct = dnnl::algorithm::convolution_direct;
#if DNNL_VERSION_MAJOR >= 3
    if constexpr (std::is_same_v<First, dnnl::prop_kind>)
        return {engine(), first, direct, a, b, c, strides, before, behind};
    else
        return {engine(), direct, a, b, c, strides, before, behind, hint...};
#else
    if constexpr (std::is_same_v<First, dnnl::prop_kind>)
        return {{first, direct, a, b, c, strides, before, behind}, engine()};
    else
        return {{direct, a, b, c, strides, before, behind}, engine(), hint...};
#endif
}

/// The shapes of one layer for a number of images.
struct Shapes {
    Descriptor x, weights, y; ///< weights in whatever order the primitive likes
    Descriptor plainWeights;  ///< in PyTorch's order

    Shapes(const Layer& layer, int images)
        : x({images, layer.inWidth, layer.inSize, layer.inSize}, memory::data_type::f32, memory::format_tag::nhwc),
          y({images, layer.outWidth, layer.outSize, layer.outSize}, memory::data_type::f32, memory::format_tag::nhwc)
    {
        memory::dims dims{layer.outWidth / layer.groups, layer.inWidth / layer.groups, layer.kernel, layer.kernel};
        const bool grouped = layer.groups > 1;
        if (grouped)
            dims.insert(dims.begin(), layer.groups);
        weights = {dims, memory::data_type::f32, memory::format_tag::any};
        plainWeights = {dims, memory::data_type::f32, grouped ? memory::format_tag::goihw : memory::format_tag::oihw};
    }
};

/// A primitive with its operands; only the activations' addresses change from run to run.
class Prepared {
public:
    Prepared(const dnnl::primitive& primitive, std::initializer_list<std::pair<int, memory>> operands)
        : m_primitive(primitive)
    {
        for (const auto& [role, operand] : operands) {
            m_operands.push_back(operand);
            m_arguments.push_back({role, operand.get()});
        }
    }
    void run(std::initializer_list<const float*> addresses)
    {
        std::size_t i = 0;
        for (const float* address : addresses)
            m_operands[i++].set_data_handle(const_cast<float*>(address));
        thread_local dnnl::stream stream(engine());
        dnnl::error::wrap_c_api(dnnl_primitive_execute(m_primitive.get(), stream.get(),
                                                       static_cast<int>(m_arguments.size()), m_arguments.data()),
                                "oneDNN did not run a convolution");
    }

private:
    dnnl::primitive m_primitive;
    std::vector<memory> m_operands;
    std::vector<dnnl_exec_arg_t> m_arguments;
};

Prepared copyBetween(const memory& from, const memory& to)
{
    return {dnnl::reorder(from, to), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}};
}

memory at(const Descriptor& descriptor, const float* address = nullptr)
{
    return {descriptor, engine(), const_cast<float*>(address)};
}

/// Weights as a primitive wants them: `plain` itself, or a copy that `renew` fills.
class Weights {
public:
    void use(const Descriptor& plain, const float* values, const Descriptor& wanted)
    {
        if (wanted == plain) {
            m_memory = at(plain, values);
            return;
        }
        m_memory = memory(wanted, engine());
        m_copy = std::make_unique<Prepared>(copyBetween(at(plain, values), m_memory));
    }
    bool empty() const { return !m_memory; }
    const memory& get() const { return m_memory; }
    void renew()
    {
        if (m_copy)
            m_copy->run({});
    }

private:
    memory m_memory;
    std::unique_ptr<Prepared> m_copy;
};

dnnl::convolution_forward::primitive_desc forwardDescription(const Layer& layer, const Shapes& shapes)
{
    return describe<dnnl::convolution_forward>(layer, dnnl::prop_kind::forward_training, shapes.x, shapes.weights,
                                               shapes.y);
}

/// y from x, or dx from dy: `weights` stay, an input becomes an output.
class FromWeights {
public:
    FromWeights(const Layer& layer, const float* weights, bool backward, const Buffer& from, const Buffer& to)
        : m_layer(layer), m_values(weights), m_backward(backward), m_from(from), m_to(to)
    {
    }
    void run(Images images)
    {
        auto found = m_prepared.find(images.count);
        if (found == m_prepared.end())
            found = m_prepared.emplace(images.count, prepare(images.count)).first;
        if (images.first == 0)
            m_weights.renew();
        found->second.run({m_from.at(images.first), m_to.at(images.first)});
    }

private:
    Prepared prepare(int images)
    {
        Shapes shapes(m_layer, images);
        if (!m_weights.empty()) // one copy serves every number of images
            shapes.weights = m_weights.get().get_desc();
        if (!m_backward) {
            const auto description = forwardDescription(m_layer, shapes);
            return finish(shapes, dnnl::convolution_forward(description), description.weights_desc(), DNNL_ARG_SRC,
                          DNNL_ARG_DST, shapes.x, shapes.y);
        }
        Shapes free(m_layer, images);
        const auto description = describe<dnnl::convolution_backward_data>(m_layer, nullptr, shapes.x, shapes.weights,
                                                                           shapes.y, forwardDescription(m_layer, free));
        return finish(shapes, dnnl::convolution_backward_data(description), description.weights_desc(),
                      DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC, shapes.y, shapes.x);
    }
    Prepared finish(const Shapes& shapes, const dnnl::primitive& primitive, const Descriptor& wanted, int fromRole,
                    int toRole, const Descriptor& from, const Descriptor& to)
    {
        if (m_weights.empty())
            m_weights.use(shapes.plainWeights, m_values, wanted);
        return {primitive, {{fromRole, at(from)}, {toRole, at(to)}, {DNNL_ARG_WEIGHTS, m_weights.get()}}};
    }

    Layer m_layer;
    const float* m_values;
    bool m_backward;
    const Buffer &m_from, &m_to;
    Weights m_weights;
    std::map<int, Prepared> m_prepared;
};

class WeightGradient {
public:
    WeightGradient(const Layer& layer, const Buffer& x, const Buffer& dy, float* gradient)
        : m_layer(layer), m_x(x), m_dy(dy), m_gradient(gradient)
    {
    }
    void run(Images images)
    {
        auto found = m_prepared.find(images.count);
        if (found == m_prepared.end())
            found = m_prepared.emplace(images.count, prepare(images.count)).first;
        float* piece = images.first == 0 ? m_sum : m_piece.data();
        found->second.run({m_x.at(images.first), m_dy.at(images.first), piece});
        if (images.first > 0)
            for (std::size_t i = 0; i < m_piece.size(); ++i)
                m_sum[i] += m_piece[i];
        if (images.last && m_copy)
            m_copy->run({});
    }

private:
    Prepared prepare(int images)
    {
        Shapes shapes(m_layer, images);
        const auto forward = forwardDescription(m_layer, shapes);
        if (m_sum)
            shapes.weights = m_wanted;
        const auto description =
            describe<dnnl::convolution_backward_weights>(m_layer, nullptr, shapes.x, shapes.weights, shapes.y, forward);
        if (!m_sum)
            use(shapes.plainWeights, description.diff_weights_desc());
        return {
            dnnl::convolution_backward_weights(description),
            {{DNNL_ARG_SRC, at(shapes.x)}, {DNNL_ARG_DIFF_DST, at(shapes.y)}, {DNNL_ARG_DIFF_WEIGHTS, at(m_wanted)}}};
    }
    void use(const Descriptor& plain, const Descriptor& wanted)
    {
        m_wanted = wanted;
        m_piece.resize(wanted.get_size() / sizeof(float));
        m_sum = m_gradient;
        if (wanted == plain)
            return;
        m_ordered.resize(m_piece.size());
        m_sum = m_ordered.data();
        m_copy = std::make_unique<Prepared>(copyBetween(at(wanted, m_sum), at(plain, m_gradient)));
    }

    Layer m_layer;
    const Buffer &m_x, &m_dy;
    float* m_gradient;
    Descriptor m_wanted;
    float* m_sum = nullptr;                ///< the gradient itself or m_ordered
    std::vector<float> m_piece, m_ordered; ///< in the primitive's order
    std::unique_ptr<Prepared> m_copy;
    std::map<int, Prepared> m_prepared;
};

template <class Convolution>
Operation operation(std::shared_ptr<Convolution> convolution)
{
    return [convolution](Images images) { convolution->run(images); };
}

} // namespace

Operation oneDnnForward(const Layer& layer, const float* weights, const Buffer& x, const Buffer& y)
{
    return operation(std::make_shared<FromWeights>(layer, weights, false, x, y));
}

Operation oneDnnDataGradient(const Layer& layer, const float* weights, const Buffer& dy, const Buffer& dx)
{
    return operation(std::make_shared<FromWeights>(layer, weights, true, dy, dx));
}

Operation oneDnnWeightGradient(const Layer& layer, const Buffer& x, const Buffer& dy, float* gradient)
{
    return operation(std::make_shared<WeightGradient>(layer, x, dy, gradient));
}

} // namespace spacewright::compiled
