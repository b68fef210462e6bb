// The first convolution: each image is copied into a frame of zeros, so that no window needs a border case.
#include "gpu/kernels/stem_convolution.h"
#include "gpu/kernels/vector.h"

namespace spacewright::SPACEWRIGHT_SET {

namespace {

struct Plan {
    int outSize, frame, rowTaps, taps, padded; ///< `padded`: outputs, up to whole vectors
    std::ptrdiff_t frameRow;                   ///< floats

    explicit Plan(const StemConvolutionShape& s)
        : outSize((s.size - 1) / s.stride + 1), frame(s.size + s.kernel - 1), rowTaps(s.kernel * s.inputs),
          taps(s.kernel * rowTaps), padded((s.outputs + lanes - 1) / lanes * lanes),
          frameRow(static_cast<std::ptrdiff_t>(frame) * s.inputs)
    {
    }
    std::size_t frameFloats() const { return static_cast<std::size_t>(frame) * frameRow; }
    std::size_t weightFloats() const { return static_cast<std::size_t>(taps) * padded; }
};

std::size_t scratch(const StemConvolutionShape& shape)
{
    const Plan plan(shape);
    return alignment + plan.weightFloats() + plan.frameFloats();
}

/// Copies image `n` into the middle of the frame, whose border stays zero.
void frameImage(const StemConvolutionShape& shape, const Plan& plan, const float* x, int n, float* frame)
{
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(shape.size) * shape.inputs;
    const int padding = (shape.kernel - 1) / 2;
    for (int y = 0; y < shape.size; ++y)
        std::memcpy(frame + (y + padding) * plan.frameRow + static_cast<std::ptrdiff_t>(padding) * shape.inputs,
                    x + (static_cast<std::ptrdiff_t>(n) * shape.size + y) * row, sizeof(float) * row);
}

/// Tap t = (row * kernel + column) * inputs + channel, the order in which a frame's row lies in memory.
int weightIndex(const StemConvolutionShape& shape, int output, int tap)
{
    const int channel = tap % shape.inputs, place = tap / shape.inputs;
    return (output * shape.inputs + channel) * shape.kernel * shape.kernel + place;
}

/// `Pixels` outputs next to each other in a row, one vector of channels: `weights` and `y` begin at it.
template <int Pixels>
ALWAYS_INLINE void outputPixels(const Plan& plan, const float* window, int kernel, int step, const float* weights,
                                float* y, int outputs, int n)
{
    Vector total[Pixels]{};
    for (int row = 0; row < kernel; ++row, window += plan.frameRow)
        for (int t = 0; t < plan.rowTaps; ++t, weights += plan.padded) {
            const Vector w = load(weights);
            for (int p = 0; p < Pixels; ++p)
                total[p] += all(window[p * step + t]) * w;
        }
    for (int p = 0; p < Pixels; ++p)
        if (n == lanes)
            store(y + static_cast<std::ptrdiff_t>(p) * outputs, total[p]);
        else
            storeFirst(y + static_cast<std::ptrdiff_t>(p) * outputs, total[p], n);
}

void forward(const StemConvolutionShape& shape, const float* x, const float* weight, float* y, float* scratch)
{
    const Plan plan(shape);
    float *weights = alignedUp(scratch), *frame = weights + plan.weightFloats();
    std::memset(frame, 0, sizeof(float) * plan.frameFloats());
    for (int t = 0; t < plan.taps; ++t)
        for (int o = 0; o < plan.padded; ++o)
            weights[static_cast<std::ptrdiff_t>(t) * plan.padded + o] =
                o < shape.outputs ? weight[weightIndex(shape, o, t)] : 0;

    constexpr int together = 8;
    const int step = shape.stride * shape.inputs;
    for (int n = 0; n < shape.batch; ++n) {
        frameImage(shape, plan, x, n, frame);
        for (int row = 0; row < plan.outSize; ++row, y += static_cast<std::ptrdiff_t>(plan.outSize) * shape.outputs) {
            const float* window = frame + row * shape.stride * plan.frameRow;
            for (int c = 0; c < shape.outputs; c += lanes) {
                const int count = shape.outputs - c < lanes ? shape.outputs - c : lanes;
                int column = 0;
                for (; column + together <= plan.outSize; column += together)
                    outputPixels<together>(plan, window + column * step, shape.kernel, step, weights + c,
                                           y + column * shape.outputs + c, shape.outputs, count);
                for (; column + 4 <= plan.outSize; column += 4)
                    outputPixels<4>(plan, window + column * step, shape.kernel, step, weights + c,
                                    y + column * shape.outputs + c, shape.outputs, count);
                for (; column < plan.outSize; ++column)
                    outputPixels<1>(plan, window + column * step, shape.kernel, step, weights + c,
                                    y + column * shape.outputs + c, shape.outputs, count);
            }
        }
    }
}

constexpr int tapsTogether = 9; // sums in registers: a 3x3 window of one channel

/// Adds one image's part of the gradient of `tapsTogether` taps (at `offsets` of the frame) and one vector of channels.
void gradientOfTaps(const StemConvolutionShape& shape, const Plan& plan, const float* frame, const int* offsets,
                    const float* dy, int n, Vector* gradient)
{
    Vector total[tapsTogether]{};
    const int step = shape.stride * shape.inputs;
    for (int row = 0; row < plan.outSize; ++row) {
        const float* window = frame + row * shape.stride * plan.frameRow;
        for (int column = 0; column < plan.outSize; ++column, window += step, dy += shape.outputs) {
            const Vector d = n == lanes ? load(dy) : loadFirst(dy, n);
            for (int t = 0; t < tapsTogether; ++t)
                total[t] += all(window[offsets[t]]) * d;
        }
    }
    for (int t = 0; t < tapsTogether; ++t)
        gradient[t] += total[t];
}

void backwardWeights(const StemConvolutionShape& shape, const float* x, const float* dy, float* dweight, float* scratch)
{
    const Plan plan(shape);
    float *gradient = alignedUp(scratch), *frame = gradient + plan.weightFloats();
    std::memset(gradient, 0, sizeof(float) * (plan.frameFloats() + plan.weightFloats()));
    for (int n = 0; n < shape.batch; ++n) {
        frameImage(shape, plan, x, n, frame);
        const float* image = dy + static_cast<std::ptrdiff_t>(n) * plan.outSize * plan.outSize * shape.outputs;
        for (int c = 0; c < shape.outputs; c += lanes)
            for (int first = 0; first < plan.taps; first += tapsTogether) {
                const int taps = plan.taps - first < tapsTogether ? plan.taps - first : tapsTogether;
                int offsets[tapsTogether]{};
                Vector sums[tapsTogether]{};
                for (int t = 0; t < taps; ++t) {
                    const int tap = first + t;
                    offsets[t] = static_cast<int>(tap / plan.rowTaps * plan.frameRow) + tap % plan.rowTaps;
                    sums[t] = load(gradient + static_cast<std::ptrdiff_t>(tap) * plan.padded + c);
                }
                gradientOfTaps(shape, plan, frame, offsets, image + c,
                               shape.outputs - c < lanes ? shape.outputs - c : lanes, sums);
                for (int t = 0; t < taps; ++t)
                    store(gradient + static_cast<std::ptrdiff_t>(first + t) * plan.padded + c, sums[t]);
            }
    }
    for (int t = 0; t < plan.taps; ++t)
        for (int o = 0; o < shape.outputs; ++o)
            dweight[weightIndex(shape, o, t)] = gradient[static_cast<std::ptrdiff_t>(t) * plan.padded + o];
}

} // namespace

extern const StemConvolutionKernels stemConvolutionKernels;
const StemConvolutionKernels stemConvolutionKernels{scratch, forward, backwardWeights};

} // namespace spacewright::SPACEWRIGHT_SET
