// The CPU kernels of one instruction set. Every file beside this one is one operation (or two that belong together).
//
// Activations are channels last: rows = batch x height x width, each `channels` floats, without gaps. No kernel
// allocates, throws or knows a thread; what it needs beside its operands is passed in as `scratch`, in floats. Every
// pointer may have any alignment that its type allows. The order of summation is fixed, so one instruction set always
// gives the same numbers, bit for bit; two sets differ by rounding.
#pragma once
#include "gpu/kernels/activation.h"
#include "gpu/kernels/convolution.h"
#include "gpu/kernels/cross_entropy.h"
#include "gpu/kernels/group_convolution.h"
#include "gpu/kernels/instruction_set.h"
#include "gpu/kernels/linear.h"
#include "gpu/kernels/matrix.h"
#include "gpu/kernels/normalisation.h"
#include "gpu/kernels/peak.h"
#include "gpu/kernels/pool.h"
#include "gpu/kernels/sgd.h"
#include "gpu/kernels/squeeze_excite.h"
#include "gpu/kernels/stem_convolution.h"

namespace spacewright {

/// Those that a precision chooses: in bfloat16 the matrices' factors are rounded and their sums stay in floats, while
/// convolutions are still the float ones.
struct ProductKernels {
    const MatrixKernels& matrix;
    const ConvolutionKernels& convolution;
};

struct Kernels {
    const ActivationKernels& activation;
    const CrossEntropyKernels& crossEntropy;
    const GroupConvolutionKernels& groupConvolution;
    const LinearKernels& linear;
    const NormalisationKernels& normalisation;
    const PeakKernels& peak;
    const PoolKernels& pool;
    const SgdKernels& sgd;
    const SqueezeExciteKernels& squeezeExcite;
    const StemConvolutionKernels& stemConvolution;
    const ProductKernels products;
};

/// `set` must be one of `availableInstructionSets()`.
const Kernels& kernels(InstructionSet set);

/// The fastest ones of this processor.
const Kernels& kernels();

/// Null where the processor has no arithmetic for them.
const ProductKernels* bfloatProducts();

} // namespace spacewright
