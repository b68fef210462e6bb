// How each block, stem and head is wired, written once and read twice: into a layer list and into counts.
#pragma once
#include "core/network/layers.h"
#include <cmath>

namespace spacewright::wiring {

/// What a layer yields: its index in the list (where there is one), channels, and height = width.
struct Node {
    int id = -1;
    int width = 0;
    int size = 0;
};

inline Op activationOp(const Network& n)
{
    return n.activation == Activation::silu ? Op::silu : Op::relu;
}

/// round(width / b) as pycls rounds it, half to even.
inline int bottleneckWidth(const Stage& s)
{
    return static_cast<int>(std::nearbyint(s.width / s.bottleneckRatio));
}

/// Width of the Squeeze-and-Excitation of a block (mbconv apart), rounded half to even; 0 is none.
inline int squeezedWidth(const Network& n, int inputWidth)
{
    return static_cast<int>(std::nearbyint(inputWidth * n.seRatio));
}

/// Its names begin with "f." inside a residual block.
template <class Sink>
Node squeezeExcite(const Network& n, Sink& to, Node x, int width, bool residual)
{
    Node f = to.pool(residual ? "f.se.avg_pool" : "se.avg_pool", Op::globalPool, x, x.size, 1);
    f = to.conv(residual ? "f.se.f_ex.0" : "se.f_ex.0", f, width, 1, 1, 1, true);
    f = to.activation(residual ? "f.se.f_ex.1" : "se.f_ex.1", f, activationOp(n));
    f = to.conv(residual ? "f.se.f_ex.2" : "se.f_ex.2", f, x.width, 1, 1, 1, true);
    f = to.activation(residual ? "f.se.f_ex.3" : "se.f_ex.3", f, Op::sigmoid);
    return to.scale(residual ? "f.se" : "se", x, f);
}

/// 1x1, 3x3 in groups [+ Squeeze-and-Excitation], 1x1.
template <class Sink>
Node bottleneck(const Network& n, const Stage& s, Sink& to, Node x, int stride)
{
    const int inner = bottleneckWidth(s);
    const int squeezed = squeezedWidth(n, x.width);
    Node f = to.conv("f.a", x, inner, 1, 1, 1, false);
    f = to.batchNorm("f.a_bn", f);
    f = to.activation("f.a_af", f, activationOp(n));
    f = to.conv("f.b", f, inner, s.kernel, stride, inner / s.groupWidth, false);
    f = to.batchNorm("f.b_bn", f);
    f = to.activation("f.b_af", f, activationOp(n));
    if (squeezed > 0)
        f = squeezeExcite(n, to, f, squeezed, true);
    f = to.conv("f.c", f, s.width, 1, 1, 1, false);
    return to.batchNorm("f.c_bn", f);
}

/// Two 3x3; their names begin with "f." inside a residual block.
template <class Sink>
Node twoConvolutions(const Network& n, const Stage& s, Sink& to, Node x, int stride, bool residual)
{
    Node f = to.conv(residual ? "f.a" : "a", x, s.width, s.kernel, stride, 1, false);
    f = to.batchNorm(residual ? "f.a_bn" : "a_bn", f);
    f = to.activation(residual ? "f.a_af" : "a_af", f, activationOp(n));
    f = to.conv(residual ? "f.b" : "b", f, s.width, s.kernel, 1, 1, false);
    return to.batchNorm(residual ? "f.b_bn" : "b_bn", f);
}

/// One 3x3, named in the same way.
template <class Sink>
Node oneConvolution(const Stage& s, Sink& to, Node x, int stride, bool residual)
{
    const Node f = to.conv(residual ? "f.a" : "a", x, s.width, s.kernel, stride, 1, false);
    return to.batchNorm(residual ? "f.a_bn" : "a_bn", f);
}

/// What a residual block adds to its skip.
template <class Sink>
Node residue(const Network& n, const Stage& s, Sink& to, Node x, int stride)
{
    if (n.block == BlockType::basic)
        return twoConvolutions(n, s, to, x, stride, true);
    if (n.block == BlockType::residualSingle)
        return oneConvolution(s, to, x, stride, true);
    return bottleneck(n, s, to, x, stride);
}

/// EfficientNet's inverted bottleneck: the expansion is of the block's input width.
template <class Sink>
Node inverted(const Network& n, const Stage& s, Sink& to, Node x, int stride)
{
    const int expanded = static_cast<int>(x.width / s.bottleneckRatio + 1e-9);
    const int squeezed = static_cast<int>(x.width * n.seRatio);
    Node f = x;
    if (expanded != x.width) {
        f = to.conv("exp", f, expanded, 1, 1, 1, false);
        f = to.batchNorm("exp_bn", f);
        f = to.activation("exp_af", f, activationOp(n));
    }
    f = to.conv("dwise", f, expanded, s.kernel, stride, expanded, false);
    f = to.batchNorm("dwise_bn", f);
    f = to.activation("dwise_af", f, activationOp(n));
    if (squeezed > 0)
        f = squeezeExcite(n, to, f, squeezed, false);
    f = to.conv("lin_proj", f, s.width, 1, 1, 1, false);
    return to.batchNorm("lin_proj_bn", f);
}

template <class Sink>
Node block(const Network& n, const Stage& s, Sink& to, Node x, int stride)
{
    const bool sameShape = x.width == s.width && stride == 1;
    switch (n.block) {
    case BlockType::vanilla:
        return to.activation("b_af", twoConvolutions(n, s, to, x, stride, false), activationOp(n));
    case BlockType::single:
        return to.activation("a_af", oneConvolution(s, to, x, stride, false), activationOp(n));
    case BlockType::mbconv: {
        const Node f = inverted(n, s, to, x, stride);
        return sameShape ? to.add("add", f, x) : f;
    }
    case BlockType::bottleneckLinear: {
        const Node f = bottleneck(n, s, to, x, stride);
        return sameShape ? to.add("add", f, x) : f;
    }
    case BlockType::basic:
    case BlockType::bottleneck:
    case BlockType::residualSingle:
        break;
    }
    Node skip = x;
    if (!sameShape)
        skip = to.batchNorm("bn", to.conv("proj", x, s.width, 1, stride, 1, false));
    const Node f = residue(n, s, to, x, stride);
    return to.activation("af", to.add("add", f, skip), activationOp(n));
}

template <class Sink>
Node stem(const Network& n, Sink& to)
{
    const bool large = n.stem == StemType::residual;
    Node x = to.input(n.inputChannels, n.resolution);
    to.enter(0);
    x = to.conv("conv", x, n.stemWidth, large ? 7 : 3, n.stem == StemType::cifar ? 1 : 2, 1, false);
    x = to.batchNorm("bn", x);
    x = to.activation("af", x, activationOp(n));
    return large ? to.pool("pool", Op::maxPool, x, 3, 2) : x;
}

template <class Sink>
Node head(const Network& n, Sink& to, Node x)
{
    to.enter(static_cast<int>(n.stages.size()) + 1);
    if (n.headWidth > 0) {
        const bool effNet = n.block == BlockType::mbconv;
        x = to.conv("conv", x, n.headWidth, 1, 1, 1, false);
        x = to.batchNorm(effNet ? "conv_bn" : "bn", x);
        x = to.activation(effNet ? "conv_af" : "af", x, activationOp(n));
    }
    x = to.pool("avg_pool", Op::globalPool, x, x.size, 1);
    return to.linear("fc", x, n.classes);
}

/// Walks the whole network. `Sink::enter(stage)` opens the stem (0), a stage, or the head (stages + 1), `Sink::blocks`
/// runs the blocks of a stage: the first one differs from the others, which are all alike.
template <class Sink>
Node wire(const Network& n, Sink& to)
{
    Node x = stem(n, to);
    int number = 0;
    for (const Stage& s : n.stages) {
        to.enter(++number);
        x = to.blocks(s.depth, x, [&](Node in, bool first) { return block(n, s, to, in, first ? s.stride : 1); });
    }
    return head(n, to, x);
}

} // namespace spacewright::wiring
