// Compiles a network into a program: forward and backward with the batch's statistics, or forward alone with the
// running ones.
//
// What is cheap to make again is not kept for the backward pass: of a batch norm without skip only the input is, and
// its output is made once more, in the cache, where the backward pass wants it.
#pragma once
#include "gpu/compiled/fusion.h"
#include "gpu/compiled/norm.h"
#include "gpu/compiled/program.h"
#include "gpu/compiled/squeeze_excite.h"
#include "gpu/kernels/kernels.h"
#include <map>

namespace spacewright::compiled {

class NetworkProgram {
public:
    enum class Purpose { training, evaluation };

    /// For batches of up to `images`. The parameters and kernels must live longer.
    NetworkProgram(const std::vector<Layer>&, Parameters&, const ProductKernels&, Purpose, int images);
    NetworkProgram(const NetworkProgram&) = delete;
    NetworkProgram& operator=(const NetworkProgram&) = delete;

    int images() const { return m_images; }
    /// Leaves the gradients in the parameters and returns the loss. Evaluation takes no labels and returns 0.
    double run(const float* images, int batch, const std::uint8_t* labels = nullptr, double labelSmoothing = 0);
    /// A run against the clock: seconds by layer. What is computed in one pass counts for the last of its layers.
    std::vector<double> timed(const float* images, int batch, const std::uint8_t* labels);
    /// Of the last run: batch x classes.
    const float* logits() const { return m_logits.data(); }

private:
    /// What a layer makes.
    struct Value {
        const Buffer* buffer = nullptr;   ///< from the forward pass; of SiLU networks' norms the activation's output
        const Buffer* again = nullptr;    ///< made once more in the backward pass
        const Buffer* argument = nullptr; ///< of the SiLU, made once more
        int producer = -1;                ///< piece
        std::vector<const Buffer*> gradients; ///< from each reader; the first one stays until all are there
    };
    /// A convolution's output waits for its gradient: norm's, from g.
    struct Pending {
        Norm* norm = nullptr;
        const Buffer* g = nullptr;
    };

    void take(const float* images, const std::uint8_t* labels, double labelSmoothing);
    Buffer& bufferFor(int value);
    float* weight(const Layer& layer) { return m_parameters.value(layer.name + ".weight"); }
    int area(int value) const { return m_layers[value].outSize * m_layers[value].outSize; }
    NormWithSkip operands(const Piece&);
    SqueezeExcite squeezeExcite(const Piece&);
    MaxPoolShape maxPoolShape(const Piece&, int images) const;

    void forward(int piece);
    void forwardNormalisation(const Piece&);
    void forwardHead(const Piece&);
    void normaliseInto(const Piece&, const Buffer& argument, const Buffer& output);

    void backward(const Piece&);
    void backwardConvolution(const Piece&);
    void backwardNormalisation(const Piece&);
    void backwardSqueezeExcite(const Piece&);
    void backwardMaxPool(const Piece&);
    void backwardHead(const Piece&);
    const Buffer& activation(int value);
    const Buffer& gradient(int value);

    const std::vector<Layer> m_layers;
    const std::vector<Piece> m_pieces;
    Parameters& m_parameters;
    const ProductKernels& m_products;
    const bool m_training;
    const int m_images;
    Program m_program;
    std::vector<int> m_layerOf;             ///< by operation of the program
    std::map<int, Norm> m_norms;            ///< by layer
    std::map<int, SqueezeExcite> m_excites; ///< by layer
    std::map<int, const Buffer*> m_winners; ///< of max pools, by layer: a byte per output
    std::map<int, Pending> m_pending;       ///< by the convolution's layer
    std::vector<Value> m_values;            ///< by layer
    Buffer m_input;                         ///< the caller's images
    std::vector<float> m_pooled, m_pooledGradient, m_logits, m_logitsGradient; ///< of the batch
    const std::uint8_t* m_labels = nullptr;
    double m_labelSmoothing = 0, m_loss = 0;
};

} // namespace spacewright::compiled
